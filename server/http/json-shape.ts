import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { listFirst } from '../../spec/list-first.ts'
import { Problem } from './problem.ts'
import { wordFault } from './validation-wording.ts'

const ajv = new Ajv({ allErrors: true, useDefaults: true })

/**
 * Reads values of a JSON Schema: a copy with its defaults filled in. What it returns throws `bad_request`,
 * which says of each property what is wrong with it.
 */
export function createShapeReader<T>(what: string, schema: object): (value: unknown) => T {
  let validate: ValidateFunction<T> | undefined
  return (value) => {
    // Not compiled before it is needed: a server has many, and a start is waited for.
    validate ??= ajv.compile<T>(schema)
    const copy: unknown = structuredClone(value)
    if (validate(copy)) return copy
    throw new Problem('bad_request', `${what}: ${listFirst((validate.errors ?? []).map(explain), '; ')}.`)
  }
}

function explain(error: ErrorObject): string {
  const { instancePath, keyword, params, message = 'is invalid' } = error
  const place = instancePath.split('/').slice(1).map(decodePointer)
  const property = params.missingProperty ?? params.additionalProperty ?? params.propertyName
  if (property !== undefined) place.push(property)
  const allowed = keyword === 'enum' ? `${message}: ${params.allowedValues.join(', ')}` : message
  return wordFault({ place, keyword, message: allowed }, 'the whole')
}

const decodePointer = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~')

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import { Problem } from './problem.ts'

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
    throw new Problem('bad_request', `${what}: ${(validate.errors ?? []).map(explain).join('; ')}.`)
  }
}

function explain({ instancePath, keyword, params, message }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll('/', '.')
  const within = (property: string) => (place ? `${place}.${property}` : property)
  if (keyword === 'additionalProperties') return `${within(params.additionalProperty)} is no property here`
  if (keyword === 'required') return `${within(params.missingProperty)} is missing`
  if (keyword === 'enum') return `${place} is one of ${params.allowedValues.join(', ')}`
  return `${place} ${message}`.trim()
}

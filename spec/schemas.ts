import { default as Draft04 } from 'ajv-draft-04'
import formats from 'ajv-formats'
import { valueAt } from './pointer.ts'

/** The schemas of an OpenAPI 3.0 document, found by JSON pointer; references may lead in circles. */
export interface Schemas {
  has(pointer: string): boolean
  /** What keeps a JSON value from fitting the schema at a pointer, or undefined. */
  findMisfit(pointer: string, value: unknown): string | undefined
}

/** Compiles schemas of a valid document whose references all lead to itself, each when it is first needed. */
export function schemasOf(openapi: object): Schemas {
  const ajv = new Draft04.default({ strict: false, allErrors: true, validateSchema: false, logger: false })
  formats.default(ajv as never)
  ajv.addSchema(withoutData(openapi) as object, 'contract')
  return {
    has: (pointer) => valueAt(openapi, pointer) !== undefined,
    findMisfit(pointer, value) {
      const validate = ajv.getSchema(`contract#${encodePointer(pointer)}`)
      if (!validate) throw new Error(`${pointer}: no schema`)
      if (validate(value)) return undefined
      return validate.errors
        ?.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
        .join('; ')
    },
  }
}

const encodePointer = (pointer: string) => pointer.split('/').map(encodeURIComponent).join('/')

/**
 * A copy without examples and extensions: they hold values, and Ajv would take an `id` in one for a schema's name.
 * Maps from names that anybody may choose keep every name.
 */
function withoutData(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutData(item))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(
    ([key]) => isMap || !(key === 'example' || key === 'examples' || key.startsWith('x-')),
  )
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutData(child, !isMap && maps.has(key))]))
}

const maps = new Set([
  'properties',
  'schemas',
  'responses',
  'headers',
  'parameters',
  'requestBodies',
  'content',
])

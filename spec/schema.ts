import type { ValidateFunction } from 'ajv'
import { default as Draft04 } from 'ajv-draft-04'
import formats from 'ajv-formats'

// OpenAPI 3.0 schemas descend from this draft (boolean `exclusiveMinimum`); `nullable` is Ajv's own.
const ajv = new Draft04.default({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv as never)

const compiled = new WeakMap<object, ValidateFunction | 'circular'>()

/**
 * What keeps a JSON value from fitting an OpenAPI 3.0 schema whose references are resolved, or undefined.
 * A schema that contains itself keeps references that lead out of it: everything fits it.
 */
export function findMisfit(schema: object, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? compile(schema)
  compiled.set(schema, validate)
  if (validate === 'circular' || validate(value)) return undefined
  return validate.errors?.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ')
}

function compile(schema: object): ValidateFunction | 'circular' {
  try {
    return ajv.compile(schema)
  } catch (error) {
    if (error instanceof Draft04.default.MissingRefError) return 'circular'
    throw error
  }
}

import type { ValidateFunction } from 'ajv'
import { default as Draft04 } from 'ajv-draft-04'
import formats from 'ajv-formats'
import { describeErrors } from './schema-errors.ts'

// OpenAPI 3.0 schemas are based on this draft (boolean `exclusiveMinimum`); Ajv supports `nullable` itself.
const ajv = new Draft04.default({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv as never)

const compiled = new WeakMap<object, ValidateFunction | 'circular'>()

/**
 * Why a JSON value does not match an OpenAPI 3.0 schema with resolved references, or undefined. A circular schema
 * keeps unresolvable references: every value matches it.
 */
export function findMisfit(schema: object, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? compile(schema)
  compiled.set(schema, validate)
  if (validate === 'circular' || validate(value)) return undefined
  return describeErrors(validate.errors)
}

function compile(schema: object): ValidateFunction | 'circular' {
  try {
    return ajv.compile(schema)
  } catch (error) {
    if (error instanceof Draft04.default.MissingRefError) return 'circular'
    throw error
  }
}

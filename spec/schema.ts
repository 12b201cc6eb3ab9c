import { default as Draft04 } from 'ajv-draft-04'
import formats from 'ajv-formats'

// OpenAPI 3.0 schemas descend from this draft (boolean `exclusiveMinimum`); `nullable` is Ajv's own.
const ajv = new Draft04.default({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv as never)

type Validate = ReturnType<typeof ajv.compile>
const compiled = new WeakMap<object, Validate>()

/** What keeps a JSON value from fitting an OpenAPI 3.0 schema whose references are resolved, or undefined. */
export function findMisfit(schema: object, value: unknown): string | undefined {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return undefined
  return validate.errors?.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ')
}

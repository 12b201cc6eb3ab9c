import { isObject, type Json } from '../../pointer.ts'
import { everyObject } from '../../structure.ts'

/** The same contract as OpenAPI 3.1 writes it, from OpenAPI 3.0: for tests. */
export function upgraded(document: object): object {
  const copy = structuredClone(document)
  for (const { kind, value } of everyObject(copy)) if (kind === 'Schema' && isObject(value)) rewrite(value)
  return Object.assign(copy, { openapi: '3.1.0' })
}

function rewrite(schema: Json) {
  if (schema.$ref) {
    for (const key of Object.keys(schema)) if (key !== '$ref') delete schema[key]
    return
  }
  const { nullable, example, enum: values } = schema
  delete schema.nullable
  delete schema.example
  if ('example' in schema || example !== undefined) schema.examples = [example]
  if (nullable === true && typeof schema.type === 'string') schema.type = [schema.type, 'null']
  else if (nullable === true) {
    const value = { ...schema }
    for (const key of Object.keys(schema)) delete schema[key]
    schema.anyOf = [value, { type: 'null' }]
  }
  if (Array.isArray(values) && values.length === 1 && values[0] !== null) {
    schema.const = values[0]
    delete schema.enum
  }
  for (const limit of ['minimum', 'maximum']) {
    const exclusive = `exclusive${limit[0]!.toUpperCase()}${limit.slice(1)}`
    if (schema[exclusive] === true) {
      schema[exclusive] = schema[limit]
      delete schema[limit]
    } else if (schema[exclusive] === false) delete schema[exclusive]
  }
  if (schema.format === 'byte') {
    schema.contentEncoding = 'base64'
    delete schema.format
  }
}

import { isObject, type Json } from './pointer.ts'
import { rewritten, wholeDocument } from './structure.ts'

/**
 * A copy of a valid document in which the Schema Objects of OpenAPI 3.0 and 3.1 are written alike, as JSON Schema
 * 2020-12: `type` is a list, limits that exclude themselves are numbers, `const` is an `enum`, examples are a list,
 * and a `$ref` stands in `allOf` where other keywords are beside it. `nullable` of 3.0 remains as well, for parts that
 * name no type. Every value stays at its JSON pointer.
 */
export function normalForm(openapi: object): object {
  const { openapi: version } = openapi as { openapi?: unknown }
  const normal = String(version).startsWith('3.0') ? normal30 : normal31
  return rewritten(wholeDocument(openapi), ({ kind, value, pointer }) =>
    kind === 'Schema' ? normal(value, pointer) : value,
  ) as object
}

/** Schema Object of OpenAPI 3.0.3 (§4.7.24). What stands beside `$ref` is ignored (§4.7.23). */
function normal30(schema: unknown): unknown {
  if (!isObject(schema)) return schema
  if (typeof schema.$ref === 'string') return { $ref: schema.$ref }
  const { type, nullable, example, minimum, exclusiveMinimum, maximum, exclusiveMaximum, ...rest } = schema
  const types = typeof type === 'string' ? [type, ...(nullable === true ? ['null'] : [])] : undefined
  const [lower, upper] = [exclusiveMinimum === true, exclusiveMaximum === true]
  return {
    ...rest,
    ...(types && { type: types }),
    ...(nullable === true && { nullable }),
    ...(minimum !== undefined && { [lower ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum !== undefined && { [upper ? 'exclusiveMaximum' : 'maximum']: maximum }),
    ...('example' in schema && { examples: [example] }),
  }
}

/** Schema Object of OpenAPI 3.1 (§4.8.24), a schema of JSON Schema 2020-12. */
function normal31(schema: unknown, pointer: string): unknown {
  if (typeof schema === 'boolean') return isClosing(pointer) ? schema : schema ? {} : { not: {} }
  if (!isObject(schema)) return schema
  const { $ref, type, const: single, example, nullable, examples, ...rest } = schema
  const shown = [...(Array.isArray(examples) ? examples : []), ...('example' in schema ? [example] : [])]
  const beside: Json = {
    ...rest,
    ...(type !== undefined && { type: [type].flat() }),
    ...('const' in schema && { enum: [single] }),
    ...(shown.length > 0 && { examples: shown }),
  }
  if (typeof $ref !== 'string') return beside
  if (Object.keys(beside).length === 0) return { $ref }
  return { ...beside, allOf: [...(Array.isArray(rest.allOf) ? rest.allOf : []), { $ref }] }
}

/** Keywords for which `false` says more than a schema that nothing fits. */
const isClosing = (pointer: string) => /\/(additional|unevaluated)(Properties|Items)$/.test(pointer)

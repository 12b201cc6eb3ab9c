import { followed, isObject, type Json, join } from './pointer.ts'

/** An example in a contract. `place` and `schema` are JSON pointers (RFC 6901). */
export interface Example {
  place: string
  schema: string
  value: unknown
}

/**
 * Every example that a valid OpenAPI 3.0 document gives in itself: of media types, parameters, headers (§4.7.14,
 * §4.7.12) and schemas (§4.7.24). Those at an `externalValue` stay where they are.
 */
export function examplesOf(openapi: object): Example[] {
  const found: Example[] = []
  visit(openapi, openapi as Json, '', found)
  return found
}

function visit(root: object, node: unknown, at: string, found: Example[]): void {
  if (Array.isArray(node))
    for (const [index, item] of node.entries()) visit(root, item, join(at, index), found)
  if (!isObject(node)) return
  if (isObject(node.schema)) found.push(...given(root, node, at, join(at, 'schema')))
  for (const [key, child] of Object.entries(node)) {
    if (key === 'example' || key === 'examples' || key.startsWith('x-')) continue
    const place = join(at, key)
    if (key === 'schema' && isObject(child)) visitSchema(child, place, found)
    else if (place === '/components/schemas' && isObject(child))
      for (const [name, schema] of Object.entries(child)) visitSchema(schema, join(place, name), found)
    else visit(root, child, place, found)
  }
}

/** `example`, and what `examples` holds by name; a name may refer to `components/examples`. */
function given(root: object, node: Json, at: string, schema: string): Example[] {
  const single = 'example' in node ? [{ place: join(at, 'example'), schema, value: node.example }] : []
  const named = Object.entries(isObject(node.examples) ? node.examples : {}).flatMap(([name, written]) => {
    const { value: example, pointer } = followed(root, written, join(join(at, 'examples'), name))
    return isObject(example) && 'value' in example
      ? [{ place: join(pointer, 'value'), schema, value: example.value }]
      : []
  })
  return [...single, ...named]
}

function visitSchema(schema: unknown, at: string, found: Example[]): void {
  if (!isObject(schema) || '$ref' in schema) return
  if ('example' in schema) found.push({ place: join(at, 'example'), schema: at, value: schema.example })
  for (const key of ['items', 'not', 'additionalProperties']) visitSchema(schema[key], join(at, key), found)
  for (const key of ['properties', 'allOf', 'oneOf', 'anyOf'])
    for (const [name, child] of Object.entries(schema[key] ?? {}))
      visitSchema(child, join(join(at, key), name), found)
}

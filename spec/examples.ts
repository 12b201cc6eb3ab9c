import { followed, isObject, type Json, join, nameMaps } from './pointer.ts'
import type { Message } from './schemas.ts'

/** An example in a contract. `place` and `schema` are JSON pointers (RFC 6901). */
export interface Example {
  place: string
  schema: string
  value: unknown
  /** Absent for examples of component schemas, which any message may use. */
  message?: Message
}

/**
 * Every example that a valid OpenAPI 3.0 or 3.1 document gives in itself: of media types, parameters, headers (§4.7.14,
 * §4.7.12) and schemas (§4.7.24). Those with `externalValue` are left out.
 */
export function examplesOf(openapi: object): Example[] {
  const found: Example[] = []
  visit(openapi, openapi as Json, '', found)
  return found
}

/** Fields whose contents belong to requests or responses. */
const messages: Record<string, Message> = {
  requestBody: 'request',
  requestBodies: 'request',
  parameters: 'request',
  responses: 'response',
  headers: 'response',
}

function visit(root: object, node: unknown, at: string, found: Example[], within?: Message): void {
  if (Array.isArray(node))
    for (const [index, item] of node.entries()) visit(root, item, join(at, index), found, within)
  if (!isObject(node)) return
  if (isObject(node.schema)) {
    const examples = given(root, node, at).filter(({ value }) => !isSerialized(root, node.schema, at, value))
    found.push(...examples.map((example) => ({ ...example, ...(within && { message: within }) })))
  }
  const isMap = nameMaps.has(at.slice(at.lastIndexOf('/') + 1))
  for (const [key, child] of Object.entries(node)) {
    if (!isMap && (key === 'example' || key === 'examples' || key.startsWith('x-'))) continue
    const place = join(at, key)
    if (key === 'schema' && isObject(child)) visitSchema(child, place, found)
    else if (place === '/components/schemas' && isObject(child))
      for (const [name, schema] of Object.entries(child)) visitSchema(schema, join(place, name), found)
    else visit(root, child, place, found, messages[key] ?? within)
  }
}

/** `example` and the entries of `examples`, which may refer to `components/examples`. */
function given(root: object, node: Json, at: string): Example[] {
  const schema = join(at, 'schema')
  const single = 'example' in node ? [{ place: join(at, 'example'), schema, value: node.example }] : []
  const named = Object.entries(isObject(node.examples) ? node.examples : {}).flatMap(([name, written]) => {
    const { value: example, pointer } = followed(root, written, join(join(at, 'examples'), name))
    return isObject(example) && 'value' in example
      ? [{ place: join(pointer, 'value'), schema, value: example.value }]
      : []
  })
  return [...single, ...named]
}

/** Whether a value is text in a format other than JSON, such as XML (§4.7.14.1), to which the schema does not apply. */
function isSerialized(root: object, schema: unknown, at: string, value: unknown): boolean {
  const [, mediaType] = /\/content\/([^/]+)$/.exec(at) ?? []
  const described = followed(root, schema, '').value
  const isText = isObject(described) && described.type === 'string'
  return typeof value === 'string' && !isText && mediaType !== undefined && !/json$/i.test(mediaType)
}

function visitSchema(schema: unknown, at: string, found: Example[]): void {
  if (!isObject(schema) || '$ref' in schema) return
  if ('example' in schema) found.push({ place: join(at, 'example'), schema: at, value: schema.example })
  if (Array.isArray(schema.examples))
    for (const [index, value] of schema.examples.entries())
      found.push({ place: join(join(at, 'examples'), index), schema: at, value })
  for (const key of ['items', 'not', 'additionalProperties']) visitSchema(schema[key], join(at, key), found)
  for (const key of ['properties', 'patternProperties', 'prefixItems', '$defs', 'allOf', 'oneOf', 'anyOf'])
    for (const [name, child] of Object.entries(schema[key] ?? {}))
      visitSchema(child, join(join(at, key), name), found)
}

import { isObject, type Json, join, keysOf } from './pointer.ts'

/** `patterned`: a map in which `x-…` is an extension (OAS 3.1.1 §4.9); in a `map` it is a name like any other. */
type Container = 'one' | 'list' | 'map' | 'patterned'
type Fields = Record<string, [kind: Kind, container?: Container]>

const mediaTypes: Fields[string] = ['MediaType', 'map']
const examples: Fields[string] = ['Example', 'map']
/** OpenAPI allows no reference there; writers keep long texts in files of their own all the same. */
const text: Fields = { description: ['Text'] }
const parameter: Fields = { ...text, schema: ['Schema'], content: mediaTypes, examples }

/** The objects of OpenAPI 3.0 and 3.1 with the fields that contain others. */
const objects: Record<Kind, Fields> = {
  OpenAPI: {
    info: ['Info'],
    tags: ['Tag', 'list'],
    paths: ['PathItem', 'patterned'],
    webhooks: ['PathItem', 'map'],
    components: ['Components'],
  },
  Components: {
    schemas: ['Schema', 'map'],
    responses: ['Response', 'map'],
    parameters: ['Parameter', 'map'],
    examples,
    requestBodies: ['RequestBody', 'map'],
    headers: ['Header', 'map'],
    securitySchemes: ['SecurityScheme', 'map'],
    links: ['Link', 'map'],
    callbacks: ['Callback', 'map'],
    pathItems: ['PathItem', 'map'],
  },
  Info: text,
  Tag: text,
  Text: {},
  PathItem: {
    ...text,
    parameters: ['Parameter', 'list'],
    get: ['Operation'],
    put: ['Operation'],
    post: ['Operation'],
    delete: ['Operation'],
    options: ['Operation'],
    head: ['Operation'],
    patch: ['Operation'],
    trace: ['Operation'],
  },
  Operation: {
    ...text,
    parameters: ['Parameter', 'list'],
    requestBody: ['RequestBody'],
    responses: ['Response', 'patterned'],
    callbacks: ['Callback', 'map'],
  },
  Parameter: parameter,
  Header: parameter,
  RequestBody: { ...text, content: mediaTypes },
  MediaType: { schema: ['Schema'], examples, encoding: ['Encoding', 'map'] },
  Encoding: { headers: ['Header', 'map'] },
  Response: { ...text, headers: ['Header', 'map'], content: mediaTypes, links: ['Link', 'map'] },
  /** Its fields are expressions, each with a path item ({@link partsIn}). */
  Callback: {},
  Example: {},
  Link: {},
  SecurityScheme: {},
  Schema: {
    ...text,
    properties: ['Schema', 'map'],
    patternProperties: ['Schema', 'map'],
    dependentSchemas: ['Schema', 'map'],
    $defs: ['Schema', 'map'],
    definitions: ['Schema', 'map'],
    allOf: ['Schema', 'list'],
    anyOf: ['Schema', 'list'],
    oneOf: ['Schema', 'list'],
    prefixItems: ['Schema', 'list'],
    not: ['Schema'],
    if: ['Schema'],
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's name of a keyword.
    then: ['Schema'],
    else: ['Schema'],
    items: ['Schema'],
    contains: ['Schema'],
    propertyNames: ['Schema'],
    contentSchema: ['Schema'],
    additionalProperties: ['Schema'],
    unevaluatedProperties: ['Schema'],
    unevaluatedItems: ['Schema'],
  },
}

export type Kind =
  | 'OpenAPI'
  | 'Info'
  | 'Tag'
  | 'Text'
  | 'Components'
  | 'PathItem'
  | 'Operation'
  | 'Parameter'
  | 'Header'
  | 'RequestBody'
  | 'MediaType'
  | 'Encoding'
  | 'Response'
  | 'Callback'
  | 'Example'
  | 'Link'
  | 'SecurityScheme'
  | 'Schema'

/**
 * A value of a document where OpenAPI expects an object of this kind, or the list or map that contains such objects.
 * What is there may be malformed, or a reference.
 */
export interface Part {
  kind: Kind
  container: Container
  value: unknown
  pointer: string
}

export const wholeDocument = (document: object): Part => ({
  kind: 'OpenAPI',
  container: 'one',
  value: document,
  pointer: '',
})

/** The fields of an object that contain others, or the objects in a list or map. References are not followed. */
export function partsIn({ kind, container, value, pointer }: Part): Part[] {
  if (container === 'one' && kind !== 'Callback') {
    if (!isObject(value)) return []
    const fields: [string, Fields[string]][] = Object.entries(objects[kind])
    return fields
      .filter(
        ([field, [child]]) => Object.hasOwn(value, field) && (child !== 'Text' || isObject(value[field])),
      )
      .map(([field, [child, within = 'one']]) => ({
        kind: child,
        container: within,
        value: value[field],
        pointer: join(pointer, field),
      }))
  }
  const isOpen = container === 'one' || container === 'patterned'
  if (!(container === 'list' ? Array.isArray(value) : isObject(value))) return []
  return Object.entries(value as Json | unknown[])
    .filter(([key]) => !isOpen || !key.startsWith('x-'))
    .map(([key, child]) => ({
      kind: container === 'one' ? 'PathItem' : kind,
      container: 'one',
      value: child,
      pointer: join(pointer, key),
    }))
}

/** A copy of a part in which each object is replaced by what `rewrite` makes of it, inner ones first. */
export function rewritten(part: Part, rewrite: (object: Part) => unknown): unknown {
  const children = partsIn(part)
  let { value } = part
  if (children.length > 0) {
    value = Array.isArray(value) ? [...value] : { ...(value as Json) }
    for (const child of children) (value as Json)[keysOf(child.pointer).at(-1)!] = rewritten(child, rewrite)
  }
  return part.container === 'one' ? rewrite({ ...part, value }) : value
}

/** Every object of a document, outer ones first. References are not followed. */
export function everyObject(document: object): Part[] {
  const found = [wholeDocument(document)]
  for (const part of found) for (const child of partsIn(part)) found.push(child)
  return found.filter(({ container }) => container === 'one')
}

/** The Schema Objects that stand in no other one. */
export function outermostSchemas(document: object): Part[] {
  const open = [wholeDocument(document)]
  const found: Part[] = []
  for (const part of open) {
    if (part.kind === 'Schema' && part.container === 'one') found.push(part)
    else for (const child of partsIn(part)) open.push(child)
  }
  return found
}

/** The field of `components` that holds objects of a kind. A path item has one only since OpenAPI 3.1. */
export const sectionOf = (kind: Kind): string | undefined =>
  kind === 'PathItem'
    ? undefined
    : Object.entries(objects.Components).find(([, [section]]) => section === kind)?.[0]

import { referenceIn } from '../../spec/bundle/references.ts'
import type { OpenApiObject } from '../../spec/contract-document.ts'
import { isObject, type Json, keysOf, pointerOf, valueAt } from '../../spec/pointer.ts'

/**
 * What a contract says of requests: the document without responses, and without the components that only they have.
 * express-openapi-validator copies and walks through all of it for each operation. Where a reference leads elsewhere than
 * to a component, the whole document.
 */
export function requestPart(openapi: OpenApiObject): OpenApiObject {
  const paths = Object.fromEntries(
    Object.entries(openapi.paths).map(([path, item]) => [path, withoutResponses(item)]),
  )
  const components: Record<string, Json> = { securitySchemes: { ...openapi.components?.securitySchemes } }
  const parts: unknown[] = [paths]
  for (const part of parts) {
    for (const reference of referencesIn(part)) {
      const [place, section = '', name = ''] = keysOf(pointerOf(reference))
      const component = valueAt(openapi, `/components/${section}/${name}`)
      if (!reference.startsWith('#/') || place !== 'components' || component === undefined) return openapi
      components[section] ??= {}
      if (!Object.hasOwn(components[section], name)) parts.push(component)
      components[section][name] = component
    }
  }
  return { ...openapi, paths, components } as OpenApiObject
}

function withoutResponses(item: OpenApiObject['paths'][string]): Json {
  const entries = Object.entries(item).map(([key, value]) => {
    if (!isObject(value)) return [key, value]
    const { responses: _responses, callbacks: _callbacks, ...operation } = value
    return [key, operation]
  })
  return Object.fromEntries(entries)
}

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  const reference = referenceIn(value)
  if (reference !== undefined) yield reference
  // Those of a discriminator (OAS 3.0.3 §4.7.25) may be plain names as well, of schemas that `oneOf` lists.
  const mapping = valueAt(value, '/discriminator/mapping')
  if (isObject(mapping))
    for (const to of Object.values(mapping)) if (String(to).startsWith('#/')) yield String(to)
  for (const child of Object.values(value)) yield* referencesIn(child)
}

import { percentDecoded } from './percent-decoded.ts'

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The pointer (RFC 6901) to a child. */
export const join = (pointer: string, key: string | number) =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** Fields of an OpenAPI document that are maps: their keys are free names, even `x-…` or `example`. */
export const nameMaps = new Set([
  'properties',
  'schemas',
  'responses',
  'headers',
  'parameters',
  'requestBodies',
  'content',
  'encoding',
  'links',
  'callbacks',
  'securitySchemes',
])

/** The reference (RFC 6901 §6) to a pointer within the same document. */
export const referenceTo = (pointer: string) => `#${pointer.replaceAll('%', '%25').replaceAll('#', '%23')}`

/** The pointer of a reference within the same document, such as `#/components/schemas/Book`. */
export const pointerOf = (reference: string): string => percentDecoded(reference.slice(1))

/** The keys that a pointer consists of. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** The value at a pointer, or undefined. */
export function valueAt(root: unknown, pointer: string): unknown {
  return keysOf(pointer).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Json)[key]
        : undefined,
    root,
  )
}

/** A value with its references followed, and the pointer of the result. */
export function followed(
  root: unknown,
  value: unknown,
  pointer: string,
): { value: unknown; pointer: string } {
  for (let hops = 0; hops < 50 && isObject(value) && typeof value.$ref === 'string'; hops++) {
    pointer = pointerOf(value.$ref)
    value = valueAt(root, pointer)
  }
  return { value, pointer }
}

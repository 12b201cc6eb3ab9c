import { isObject, type Json, pointerOf, valueAt } from './pointer.ts'

/**
 * A copy of a document with its references resolved, each target once and shared. References within a cycle stay as
 * they are: resolved, the document could not be serialized.
 */
export function dereferenced<T extends object>(document: T): T {
  const targets = new Map<string, unknown>()
  const resolved = (value: unknown, inside: string[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => resolved(item, inside))
    if (!isObject(value)) return value
    const { $ref } = value
    if (typeof $ref !== 'string' || !$ref.startsWith('#/'))
      return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, resolved(child, inside)]))
    if (inside.includes($ref)) return value
    if (!targets.has($ref)) targets.set($ref, resolved(valueAt(document, pointerOf($ref)), [...inside, $ref]))
    const { $ref: _, ...siblings } = value
    const target = targets.get($ref)
    const isPlain = Object.keys(siblings).length === 0 || !isObject(target)
    return isPlain ? target : { ...(target as Json), ...(resolved(siblings, inside) as Json) }
  }
  return resolved(document, []) as T
}

/** What a pair does to a document. Keys are JSON pointers (RFC 6901); `-` at the end appends to a list. */
export interface Patch {
  set?: Record<string, unknown>
  remove?: string[]
  move?: Record<string, string>
}

/** A changed copy of a document: moved, then removed, then set. A pointer that leads nowhere is an error. */
export function patched(document: object, { set = {}, remove = [], move = {} }: Patch): object {
  const copy = structuredClone(document)
  for (const [from, to] of Object.entries(move)) put(copy, to, take(copy, from))
  for (const pointer of remove) take(copy, pointer)
  for (const [pointer, value] of Object.entries(set)) put(copy, pointer, structuredClone(value))
  return copy
}

type Container = Record<string, unknown>

function locate(document: object, pointer: string, make: boolean): [Container, string] {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.pop()!
  let container = document as Container
  for (const key of keys) {
    if (!Object.hasOwn(container, key)) {
      if (!make) throw new Error(`no ${key} on the way to ${pointer}`)
      container[key] = {}
    }
    container = container[key] as Container
  }
  return [container, last]
}

function put(document: object, pointer: string, value: unknown) {
  const [container, key] = locate(document, pointer, true)
  if (Array.isArray(container)) container.splice(key === '-' ? container.length : Number(key), 1, value)
  else container[key] = value
}

function take(document: object, pointer: string): unknown {
  const [container, key] = locate(document, pointer, false)
  if (!Object.hasOwn(container, key)) throw new Error(`nothing at ${pointer}`)
  const value = container[key]
  if (Array.isArray(container)) container.splice(Number(key), 1)
  else delete container[key]
  return value
}

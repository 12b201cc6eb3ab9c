import { followed, isObject, join } from '../pointer.ts'

/**
 * A JSON pointer (RFC 6901) with the index of every list replaced by what names the item, so that it stays the same
 * when the list is reordered: a parameter by location and name, a server by its URL, an alternative by its title, its
 * component or its type. An item that nothing names stands for its list. Tuples (`prefixItems`) are told apart by
 * position and keep the index.
 */
export function stablePlace(document: unknown, pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  let place = ''
  let value = document
  let list = ''
  for (const key of keys) {
    const name = Array.isArray(value) && list !== 'prefixItems' ? nameOf(document, list, value, key) : key
    if (name !== undefined) place = join(place, name)
    value = isObject(value) || Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined
    list = key
  }
  return place || '/'
}

function nameOf(document: unknown, list: string, items: unknown[], index: string): string | undefined {
  const item = items[Number(index)]
  if (!isObject(item)) return item === undefined ? undefined : String(item)
  const described = followed(document, item, '').value
  if (!isObject(described)) return undefined
  if (list === 'security') return Object.keys(described).sort().join('+') || 'none'
  if (list === 'parameters') return `${described.in}.${described.name}`
  for (const name of [described.url, described.name, described.title])
    if (typeof name === 'string' && name) return name
  if (typeof item.$ref === 'string') return item.$ref.slice(item.$ref.lastIndexOf('/') + 1)
  const alike = items.filter((other) => isObject(other) && other.type === item.type)
  return typeof item.type === 'string' && alike.length === 1 ? item.type : undefined
}

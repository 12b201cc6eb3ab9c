import { posix } from 'node:path'
import { percentDecoded } from '../percent-decoded.ts'
import { isObject, join, keysOf } from '../pointer.ts'
import type { Address, SourceFile } from './source-file.ts'

/** A Reference Object or a schema with `$ref`; `$dynamicRef` is followed to its first anchor. */
export const referenceIn = (value: unknown): string | undefined => {
  if (!isObject(value)) return undefined
  const target = value.$ref ?? value.$dynamicRef
  return typeof target === 'string' ? target : undefined
}

/** Where a reference leads: a place in a file that may still have to be read, or why nowhere. */
export type Lead = { path: string; fragment: string } | { refused: string }

/** Reads a reference (RFC 3986 §4.1) that stands in a file. Files outside the contract's directory are refused. */
export function leadOf(reference: string, from: SourceFile): Lead {
  const [address = '', ...rest] = reference.split('#')
  const fragment = percentDecoded(rest.join('#'))
  if (address === '') return { path: from.path, fragment }
  const own = from.pointerToId(address)
  if (own !== undefined) return { path: from.path, fragment: own + fragment }
  if (/^([a-z][a-z\d+.-]*:|\/\/)/i.test(address))
    return { refused: 'a URL; nothing is fetched: save it beside the contract and refer to that file' }
  const path = posix.normalize(posix.join(posix.dirname(from.path), percentDecoded(address)))
  if (path.startsWith('../') || path.startsWith('/') || percentDecoded(address).startsWith('/'))
    return { refused: "leads out of the directory of the contract's first file; nothing outside is read" }
  return { path, fragment }
}

const mostHops = 50

/**
 * The place that a fragment names, references on the way followed; the place itself may hold another one. A path when
 * a file on the way has not been read yet; a reason when there is no such place.
 */
export function locate(
  lead: Lead,
  files: Map<string, SourceFile>,
  hops = 0,
): Address | { unread: string } | { refused: string } {
  if ('refused' in lead) return lead
  if (hops > mostHops) return { refused: 'leads back to itself' }
  const file = files.get(lead.path)
  if (!file) return { unread: lead.path }
  const whole = file.pointerTo(lead.fragment)
  if (whole === undefined) return { refused: 'leads nowhere' }
  let address: Address = { file, pointer: '', value: file.value }
  for (const key of keysOf(whole)) {
    const reference = isOwn(address.value, key) ? undefined : referenceIn(address.value)
    if (reference !== undefined) {
      const found = locate(leadOf(reference, address.file), files, hops + 1)
      if (!('file' in found)) return found
      address = found
    }
    if (!isOwn(address.value, key)) return { refused: 'leads nowhere' }
    const value = (address.value as Record<string, unknown>)[key]
    address = { file: address.file, pointer: join(address.pointer, key), value }
  }
  return address
}

const isOwn = (value: unknown, key: string) =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)

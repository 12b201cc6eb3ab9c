import { withoutParameterNames } from '../operation.ts'

/** The servers and paths of one document, as strings. */
export interface Addressing {
  /** As `serversOf` names them. */
  servers: string[]
  paths: string[]
}

/** What is taken from the end of every server's address and put before every path. */
export interface Prefixes {
  base: string
  head: string
}

/**
 * What moved from the addresses of servers to the paths or back, so that with the prefixes equal paths are called at
 * equal URLs. Empty strings where no more paths become equal.
 */
export function movedPrefix(base: Addressing, head: Addressing): Prefixes {
  const none: Prefixes = { base: '', head: '' }
  const candidates = base.servers.flatMap((was) =>
    head.servers.flatMap((is) => {
      const [from, to] = [pathOf(was), pathOf(is)]
      if (from.length > to.length && from.startsWith(to)) return [{ base: from.slice(to.length), head: '' }]
      if (to.length > from.length && to.startsWith(from)) return [{ base: '', head: to.slice(from.length) }]
      return []
    }),
  )
  const usable = candidates.filter(
    ({ base: before, head: after }) =>
      `${before}${after}`.startsWith('/') &&
      base.servers.every((server) => server.endsWith(before)) &&
      head.servers.every((server) => server.endsWith(after)),
  )
  const equalPaths = (prefixes: Prefixes) => {
    const known = new Set(base.paths.map((path) => withoutParameterNames(prefixes.base + path)))
    return head.paths.filter((path) => known.has(withoutParameterNames(prefixes.head + path))).length
  }
  return usable.reduce((best, one) => (equalPaths(one) > equalPaths(best) ? one : best), none)
}

const pathOf = (address: string) =>
  (URL.canParse(address) ? new URL(address).pathname : address).replace(/(?<!\/)\/+$/, '')

import type { Comparison } from './comparison.ts'
import type { Element } from './element.ts'
import type { OperationPair } from './operation-pair.ts'
import { type Pair, pairs } from './pairing.ts'
import type { Prefixes } from './path-prefix.ts'

/** Server Object: OAS 3.0.3 §4.7.5. The servers of the document, without prefixes that moved to or from the paths. */
export function compareServers(comparison: Comparison, [base, head]: [Element, Element], prefixes: Prefixes) {
  compareLists(comparison, [base.get('servers'), head.get('servers')], head, prefixes)
}

/** Servers of an operation replace those of its path, which replace the document's (§4.7.9.1, §4.7.10.1). */
export function compareServersOfOperation(comparison: Comparison, { operations, items }: OperationPair) {
  const own = operations.map((operation, i) => operation.get('servers') ?? items[i]?.get('servers'))
  if (!own[0] && !own[1]) return
  const roots = operations.map((operation) => operation.at('#/servers'))
  compareLists(comparison, [own[0] ?? roots[0], own[1] ?? roots[1]], operations[1], { base: '', head: '' })
}

function compareLists(comparison: Comparison, [base, head]: Pair, holder: Element, prefixes: Prefixes) {
  const [before, after] = [serversOf(base, prefixes.base), serversOf(head, prefixes.head)]
  const gone = [...before].filter(([url]) => !after.has(url))
  const come = [...after].filter(([url]) => !before.has(url))
  const [removed, added] = [gone[0], come[0]]
  const wasNamed = (base?.items() ?? []).length > 0
  if (!wasNamed) {
    for (const [to, server] of come) comparison.report('server-named', server ?? holder, { to })
  } else if (removed && added && gone.length === 1 && come.length === 1) {
    comparison.report('server-changed', added[1] ?? holder, { from: removed[0], to: added[0] })
  } else {
    for (const [from, server] of gone) comparison.report('server-removed', server ?? holder, { from })
    for (const [to, server] of come) comparison.report('server-added', server ?? holder, { to })
  }
  for (const [url, server] of before) {
    const now = after.get(url)
    if (!server || !now) continue
    comparison.documentation([server, now], ['description'])
    compareVariables(comparison, server, now)
  }
}

/** By address without a suffix, variables at their defaults (§4.7.6); no servers mean `/` (§4.7.1.1). */
export function serversOf(list: Element | undefined, suffix = ''): Map<string, Element | undefined> {
  const servers = list?.items() ?? []
  if (servers.length === 0) return new Map([['/', undefined]])
  return new Map(
    servers.map((server) => {
      const address = addressOf(server)
      return [address.slice(0, address.length - suffix.length) || '/', server]
    }),
  )
}

function addressOf(server: Element): string {
  const url = String(server.read('url')).replace(/\{([^{}]*)\}/g, (variable, name: string) =>
    String(server.get('variables', name, 'default')?.value ?? variable),
  )
  // The case of a host and the usual port do not matter (RFC 3986 §6.2.2.1, §6.2.3).
  const normal = URL.canParse(url) ? new URL(url).href : url
  return normal.replace(/(?<!\/)\/+$/, '') || '/'
}

function compareVariables(comparison: Comparison, base: Element, head: Element) {
  for (const [name, was, is] of pairs(base.get('variables'), head.get('variables'))) {
    const [before, after] = [was, is].map((variable) => variable?.read<string[]>('enum') ?? [])
    if (!before || !after || !is) continue
    const gone = before.filter((value) => after.length > 0 && !after.includes(value))
    const come = after.filter((value) => before.length > 0 && !before.includes(value))
    if (gone.length > 0) comparison.report('server-variable-values-removed', is, { name, values: gone })
    if (come.length > 0) comparison.report('server-variable-values-added', is, { name, values: come })
  }
}

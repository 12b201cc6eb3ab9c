import type { ListPage } from '../../fixtures/list-page.ts'
import type { RequestSpec } from '../http/request.ts'

/** Where a page of a list is requested, below the base URL. */
export type PageAddress = Required<Pick<RequestSpec, 'path' | 'query'>>

/** A way of requesting the page after this one. A list rarely says which parameter it takes, so there may be several. */
export interface NextRequest extends PageAddress {
  /** The name of the parameter that was guessed. */
  parameter?: string
}

/** What is known when a page says that others follow. */
export interface PagePosition {
  /** The address of the list, where the first page was found. */
  list: PageAddress
  page: ListPage
  /** From 1. */
  number: number
  /** The id of its last row, and how many rows came so far. */
  lastId: string | undefined
  count: number
}

/**
 * Ways to request the next page, the likeliest first; none where the list gives no way that a request to this
 * deployment could take. `base` is the base URL: no other origin is ever asked.
 */
export function nextRequests({ list, page, number, lastId, count }: PagePosition, base: URL): NextRequest[] {
  const { url, cursor, page: next, field = '' } = page.next ?? {}
  const guess = (parameter: string, value: string): NextRequest => ({
    path: list.path,
    query: withParameter(list.query, parameter, value),
    parameter,
  })
  if (url !== undefined) return [...addressOf(url, list, base)]
  if (cursor !== undefined) {
    // `after` is the public API's; Laravel's cursors are in `meta`, and its parameter is `cursor`.
    const names = field.includes('.') ? ['cursor', 'after'] : ['after', 'cursor']
    return [...names, 'starting_after', 'page_token'].map((name) => guess(name, cursor))
  }
  if (next !== undefined) return [guess('page', String(next))]
  return [
    ...(lastId === undefined ? [] : ['after', 'starting_after'].map((name) => guess(name, lastId))),
    guess('page', String(number + 1)),
    guess('offset', String(count)),
  ]
}

/**
 * The address below the base URL. A deployment behind a proxy may name itself as it is called inside: then the list's
 * own path with the query of the link.
 */
function addressOf(url: string, list: PageAddress, base: URL): PageAddress[] {
  const prefix = base.pathname.replace(/\/$/, '')
  const here = new URL(`${base.origin}${prefix}${list.path}`)
  const target = URL.parse(url, here)
  if (!target) return []
  const query = target.search.slice(1)
  const isBelow = target.origin === base.origin && target.pathname.startsWith(`${prefix}/`)
  if (isBelow) return [{ path: target.pathname.slice(prefix.length), query }]
  return query === '' ? [] : [{ path: list.path, query }]
}

function withParameter(query: string, name: string, value: string): string {
  const parameters = new URLSearchParams(query)
  parameters.set(name, value)
  return parameters.toString()
}

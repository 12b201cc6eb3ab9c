import type { IncomingMessage } from 'node:http'
import type { JWTPayload } from 'jose'
import type { Authority } from './authority.ts'
import type { SeedData, Workspace } from './seed-data.ts'

/** One request as the deployment sees it. What is not known yet is undefined. */
export interface Exchange {
  request: IncomingMessage
  method: string
  /** As sent: neither decoded nor normalized. */
  path: string
  query: URLSearchParams
  authority: Authority
  world: SeedData
  token?: string
  claims?: JWTPayload
  workspace?: Workspace
  /** Lives as long as the deployment: for caches, counters and other shared state. */
  memory: Map<string, unknown>
}

export function requestHeader({ request }: Exchange, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()]
  return Array.isArray(value) ? value[0] : value
}

/** Whether a request has a field whose value is like that. */
export const asksFor = (name: string, value: RegExp) => (exchange: Exchange) =>
  value.test(requestHeader(exchange, name) ?? '')

/** How many times this was asked for before. */
export function countOf({ memory }: Exchange, key: string): number {
  const before = (memory.get(key) as number | undefined) ?? 0
  memory.set(key, before + 1)
  return before
}

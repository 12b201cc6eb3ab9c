import type { IncomingMessage } from 'node:http'
import type { JWTPayload } from 'jose'
import type { Authority } from './authority.ts'
import type { SeedData, Workspace } from './seed-data.ts'

/** One request on its way through the deployment. `token`, `claims` and `workspace` are set once they are known. */
export interface Exchange {
  request: IncomingMessage
  method: string
  /** As sent: neither decoded nor normalized. */
  path: string
  query: URLSearchParams
  authority: Authority
  seedData: SeedData
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

export const isHttp10 = ({ request }: Exchange): boolean => request.httpVersion === '1.0'

/** Whether the request has this header with a matching value; a header that is absent counts as empty. */
export const hasHeader = (name: string, value: RegExp) => (exchange: Exchange) =>
  value.test(requestHeader(exchange, name) ?? '')

/** How often this key was counted before, on the same deployment. */
export function countOf({ memory }: Exchange, key: string): number {
  const before = (memory.get(key) as number | undefined) ?? 0
  memory.set(key, before + 1)
  return before
}

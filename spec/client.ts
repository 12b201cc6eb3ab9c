import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './openapi.d.ts'

/**
 * The contract's schemas, operations and paths as types.
 *
 * @example
 * ```ts
 * import type { components } from 'altostrat-contract/client'
 *
 * type Organization = components['schemas']['Organization']
 * ```
 */
export type { components, operations, paths } from './openapi.d.ts'

/**
 * Where the API is, and which token to send.
 *
 * @example
 * ```ts
 * import type { ClientOptions } from 'altostrat-contract/client'
 *
 * const options: ClientOptions = {
 *   baseUrl: 'https://v1.api.altostrat.io',
 *   token: async () => process.env.ALTOSTRAT_TOKEN ?? '',
 * }
 * ```
 */
export interface ClientOptions {
  /** `https://host` or `https://host/prefix`, without a trailing slash. */
  baseUrl: string
  /** A bearer token, or a function that gives the current one: it is called for each request. */
  token: string | (() => string | Promise<string>)
  /** Default: the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

/**
 * A client that knows the contract's paths, parameters, bodies and responses (openapi-fetch). It does not throw for an
 * error status: `error` then holds the body.
 *
 * @example
 * ```ts
 * import { createWorkspacesClient } from 'altostrat-contract/client'
 *
 * const client = createWorkspacesClient({ baseUrl: 'http://127.0.0.1:4010', token: 'eyJ…' })
 * const { data, error } = await client.GET('/workspaces/{workspaceId}/organizations/usage.pdf', {
 *   params: { path: { workspaceId: 'ws_a1b2c3d4e5f6g7h8' } },
 *   parseAs: 'blob',
 * })
 * if (data) console.log(data.size)
 * else console.error(error?.detail)
 * ```
 */
export function createWorkspacesClient({ baseUrl, token, fetch }: ClientOptions): Client<paths> {
  const client = createClient<paths>({ baseUrl, ...(fetch && { fetch }) })
  client.use({
    async onRequest({ request }) {
      request.headers.set('Authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
      return request
    },
  })
  return client
}

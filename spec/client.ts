import createClient, { type Client } from 'openapi-fetch'
import type { paths } from './openapi.d.ts'

export type { components, operations, paths } from './openapi.d.ts'

/** Where the API is, and whose token to send. */
export interface ClientOptions {
  /** `https://host` or `https://host/prefix`, without a trailing slash. */
  baseUrl: string
  /** A bearer token, or where to get the current one: it is asked for every request. */
  token: string | (() => string | Promise<string>)
  /** Default: the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>
}

/** A client that knows the contract's paths, parameters, bodies and answers: `client.GET('/workspaces')`. */
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

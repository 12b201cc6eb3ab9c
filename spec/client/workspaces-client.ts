import createClient, { type Client, type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch'
import { type BinaryPath, type ContractPaths, isBinary } from './contract-paths.ts'
import { type Problem, problemOf } from './problem.ts'

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
  /** `https://host` or `https://host/prefix`; in a browser also a path, such as `/api`. */
  baseUrl: string
  /**
   * A bearer token, or a function that gives the current one: it is called for each request. Without it, requests have no
   * `Authorization`, as where a proxy of the page's own origin adds it.
   */
  token?: string | (() => string | Promise<string>) | undefined
  /** Default: the global `fetch` at the time of each request. */
  fetch?: (request: Request) => Promise<Response>
}

type Init<P extends BinaryPath> = MaybeOptionalInit<ContractPaths[P], 'get'>
type Operation<P extends BinaryPath> = ContractPaths[P]['get']

/** openapi-fetch maps every object in a response to its properties, which leaves nothing callable of a Blob. */
interface BinaryMethods {
  GET<P extends BinaryPath, I extends Init<P>>(
    path: P,
    init: I & { [key: string]: unknown },
  ): Promise<
    | (Omit<SuccessOf<P, I>, 'data'> & { data: DataOf<P, I>; error?: never })
    | { data?: never; error: Problem; response: Response }
  >
}
type SuccessOf<P extends BinaryPath, I> = Extract<
  FetchResponse<Operation<P>, I, `${string}/${string}`>,
  { error?: never }
>
type DataOf<P extends BinaryPath, I> = I extends { parseAs: string } ? SuccessOf<P, I>['data'] : Blob

/**
 * The methods of openapi-fetch with the paths, parameters, bodies and responses of the contract.
 *
 * @example
 * ```ts
 * import type { WorkspacesClient } from 'altostrat-contract/client'
 *
 * const listNames = async (client: WorkspacesClient) => {
 *   const { data } = await client.GET('/workspaces')
 *   return data?.data.map(({ name }) => name) ?? []
 * }
 * ```
 */
export type WorkspacesClient = BinaryMethods & Client<ContractPaths>

/** A JSON operation was answered 2xx with something else, such as the sign-in page of a gateway. */
class UnexpectedBodyError extends Error {
  override name = 'UnexpectedBodyError'
}

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'] as const

/**
 * A client that knows the contract's paths, parameters, bodies and responses (openapi-fetch). It does not throw for an
 * error status: `error` is then a {@link Problem}. Files come as `Blob`; {@link exportUsage} also checks the file.
 *
 * @example
 * ```ts
 * import { createWorkspacesClient } from 'altostrat-contract/client'
 *
 * const client = createWorkspacesClient({ baseUrl: 'http://127.0.0.1:4010', token: 'eyJ…' })
 * const { data, error } = await client.GET('/workspaces/{workspaceId}/organizations', {
 *   params: { path: { workspaceId: 'ws_a1b2c3d4e5f6g7h8' } },
 * })
 * if (data) console.log(data.data.length)
 * else console.error(error.status, error.detail)
 * ```
 */
export function createWorkspacesClient({ baseUrl, token, fetch }: ClientOptions): WorkspacesClient {
  // Not the `fetch` of now: tests replace the global one after modules have been loaded.
  const client = createClient<ContractPaths>({
    baseUrl,
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
  })
  client.use({
    async onRequest({ request }) {
      if (token === undefined) return undefined
      request.headers.set('Authorization', `Bearer ${typeof token === 'string' ? token : await token()}`)
      return request
    },
  })
  const request = async (method: string, path: string, init: Record<string, unknown> = {}) => {
    const isFile = isBinary(method.toLowerCase(), path)
    const parseAs = init.parseAs ?? (isFile ? 'blob' : 'text')
    const send = client.request as unknown as (...of: unknown[]) => Promise<Received>
    const { data, error, response } = await send(method, path, { ...init, parseAs })
    if (!response.ok) return { error: problemOf(error, response), response }
    return { data: init.parseAs || isFile ? data : parseJson(data, response), response }
  }
  const byMethod = methods.map((method) => [
    method,
    (path: string, init?: Record<string, unknown>) => request(method, path, init),
  ])
  return { ...client, request, ...Object.fromEntries(byMethod) }
}

interface Received {
  data?: unknown
  error?: unknown
  response: Response
}

function parseJson(text: unknown, { status, url, headers }: Response): unknown {
  if (text === undefined || text === '') return undefined
  try {
    return JSON.parse(text as string)
  } catch (cause) {
    const type = headers.get('Content-Type') ?? 'no media type'
    throw new UnexpectedBodyError(
      `${url || 'The API'} responded ${status} with ${type}, which is not JSON.`,
      {
        cause,
      },
    )
  }
}

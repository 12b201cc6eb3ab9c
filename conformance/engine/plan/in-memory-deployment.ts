import { createHash } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { RequestSpec } from '../../http/request.ts'
import type { HeaderField, ReceivedResponse } from '../../http/response.ts'
import type { PreparedRequest, RawExchange, Transport } from '../../http/transport.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'

/** The actor whose token an Authorization header carries; undefined where it is no known token. */
export type IdentifyCaller = (authorization: string | undefined) => Promise<string | undefined>

export interface InMemoryState {
  operation: DownloadOperation
  /** Of the base URL, without trailing slash. */
  prefix: string
  identify: IdentifyCaller
  /** Ids of the workspaces that each actor may export; an actor that is missing has no valid token. */
  access: Map<string, string[]>
  document: Buffer
  /** The List-organizations payload. */
  list: Buffer
  /** Paths of the operations beside the export that are judged as well: each responds with a list of one. */
  neighbours: RegExp[]
}

/**
 * A conforming deployment in memory: nothing is sent. It has the optional features as well (entity tags, ranges,
 * HEAD, negotiation, CORS), so that checks of them send every request that they can ever send.
 */
export class InMemoryDeployment implements Transport {
  requests = 0
  /** Requests for which a deployment without a cache renders the document. */
  renderings = 0
  #state: InMemoryState

  constructor(state: InMemoryState) {
    this.#state = state
  }

  async request(prepared: PreparedRequest): Promise<ReceivedResponse> {
    const response = await respond(this.#state, prepared)
    this.requests += 1
    if (isRendered(this.#state.operation, prepared, response)) this.renderings += 1
    return { ...response, informational: [], timing: { head: 0, total: 0 } }
  }

  async requestRaw(prepared: PreparedRequest): Promise<RawExchange> {
    const { status, headers, body } = await this.request(prepared)
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n`
    return { bytes: Buffer.concat([Buffer.from(head, 'latin1'), body]), timing: { head: 0, total: 0 } }
  }
}

type Reply = Pick<ReceivedResponse, 'status' | 'headers' | 'body'>

/** Whether the document must be rendered for this response: to know an entity tag, a length or a range as well. */
export function isRendered(
  { fileName }: DownloadOperation,
  { method, path }: PreparedRequest,
  { status }: Pick<ReceivedResponse, 'status'>,
): boolean {
  return method !== 'OPTIONS' && path.includes(`/${fileName}`) && [200, 206, 304, 412, 416].includes(status)
}

async function respond(state: InMemoryState, prepared: PreparedRequest): Promise<Reply> {
  const reply = await decide(state, prepared)
  const headers: HeaderField[] = [
    ['Date', new Date().toUTCString()],
    ['Connection', 'close'],
    ['Vary', 'Authorization, Origin'],
    ['X-Content-Type-Options', 'nosniff'],
    ...cors(prepared),
    ...reply.headers,
  ]
  if (reply.status !== 304 && reply.status !== 204)
    headers.push(['Content-Length', String(reply.body.length)])
  return { ...reply, headers, body: prepared.method === 'HEAD' ? Buffer.alloc(0) : reply.body }
}

async function decide(state: InMemoryState, { method, path, headers }: PreparedRequest): Promise<Reply> {
  if (method === 'OPTIONS')
    return { status: 204, headers: [['Allow', 'GET, HEAD, OPTIONS']], body: Buffer.alloc(0) }
  const { Authorization: authorization } = headers
  const actor = Array.isArray(authorization) ? undefined : await state.identify(authorization)
  const allowed = actor === undefined ? undefined : state.access.get(actor)
  if (allowed === undefined) {
    const reason = authorization === undefined ? '' : ', error="invalid_token"'
    return refuse(401, [['WWW-Authenticate', `Bearer realm="in-memory"${reason}`]])
  }
  const below = path.slice(state.prefix.length)
  const isNeighbour = state.neighbours.some((neighbour) => neighbour.test(below))
  const [, segment, rest = ''] = /^\/workspaces\/([^/?]+)([^?]*)/.exec(below) ?? []
  if (segment === undefined) return isNeighbour ? ofOne : refuse(404)
  const id = [...state.access.values()].flat().find((one) => isSpelling(segment, one))
  if (id === undefined) return refuse(404)
  if (!allowed.includes(id)) return refuse(403)
  const wanted = `/workspaces/{workspaceId}${rest}`
  if (wanted === state.operation.path) return represent(state, id, headers)
  if (wanted === state.operation.listPath) return { ...ofOne, body: state.list }
  return isNeighbour ? ofOne : refuse(404)
}

const ofOne: Reply = {
  status: 200,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('{"data":[{"id":"one"}],"has_more":false}'),
}

function isSpelling(segment: string, id: string): boolean {
  try {
    return decodeURIComponent(segment) === id
  } catch {
    return false
  }
}

/** With the documented fields: a check that misses one sends nothing more. */
const error = Buffer.from(
  '{"type":"refused","code":"refused","message":"Refused.","doc_url":"https://in-memory.example/refused"}',
)

function refuse(status: number, headers: HeaderField[] = []): Reply {
  return {
    status,
    headers: [['Content-Type', 'application/problem+json'], ['Cache-Control', 'no-store'], ...headers],
    body: error,
  }
}

/** The document, or the part of it that is requested: preconditions before ranges (RFC 9110 §13.2.2). */
function represent(
  { operation, document }: InMemoryState,
  workspace: string,
  headers: NonNullable<RequestSpec['headers']>,
): Reply {
  const header = (name: string) => {
    const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)
    return found ? [found[1]].flat().join(', ') : undefined
  }
  const etag = `"${createHash('sha256').update(document).update(workspace).digest('base64url')}"`
  const common: HeaderField[] = [
    ['ETag', etag],
    ['Cache-Control', 'private, no-cache'],
    ['Accept-Ranges', 'bytes'],
  ]
  const accept = header('accept')
  if (accept !== undefined && !/\*\/\*|application\/(\*|pdf)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(accept))
    return refuse(406)
  const names = (list: string | undefined) => list === '*' || list?.includes(etag)
  if (header('if-match') !== undefined && !names(header('if-match'))) return refuse(412)
  if (names(header('if-none-match'))) return { status: 304, headers: common, body: Buffer.alloc(0) }
  const found: HeaderField[] = [
    ...common,
    ['Content-Type', operation.mediaType],
    ['Content-Disposition', `attachment; filename="${operation.fileName}"`],
  ]
  const range = [undefined, etag].includes(header('if-range')) ? header('range') : undefined
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? []
  if (first === undefined) return { status: 200, headers: found, body: document }
  const end = Math.min(last ? Number(last) : Number.POSITIVE_INFINITY, document.length - 1)
  if (Number(first) > end) return refuse(416, [['Content-Range', `bytes */${document.length}`]])
  return {
    status: 206,
    headers: [...found, ['Content-Range', `bytes ${first}-${end}/${document.length}`]],
    body: document.subarray(Number(first), end + 1),
  }
}

function cors({ headers, method }: PreparedRequest): HeaderField[] {
  const { Origin: origin } = headers
  // Other origins are not allowed, as on most deployments.
  if (typeof origin !== 'string' || !['localhost', '127.0.0.1'].includes(URL.parse(origin)?.hostname ?? ''))
    return []
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Expose-Headers', 'Content-Disposition, ETag'],
    ...(method === 'OPTIONS'
      ? ([
          ['Access-Control-Allow-Methods', 'GET, HEAD'],
          ['Access-Control-Allow-Headers', 'Authorization'],
        ] as HeaderField[])
      : []),
  ]
}

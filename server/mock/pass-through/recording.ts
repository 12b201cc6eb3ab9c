import { createHash } from 'node:crypto'
import { notThere } from '../../../spec/bounded-file.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { readKeptFile } from '../../persistence/kept-file.ts'
import { replaceFile } from '../../persistence/replace-file.ts'
import { StartError } from '../../start-error.ts'

/** A request that is passed on. `target`: path and query. */
export interface PassedRequest {
  method: string
  target: string
  headers: Record<string, string>
  body: Buffer | undefined
}

/** Gives the response to a request; undefined where it has none. Rejects with `bad_gateway`. */
export type Upstream = (request: PassedRequest) => Promise<ApiResponse | undefined>

interface RecordedExchange {
  method: string
  target: string
  /** Of the request's body, in hexadecimal; absent where there was none. */
  bodySha256?: string
  response: { status: number; headers: Record<string, string>; body?: string; bodyBase64?: string }
}

/** Writes what an upstream responds into a file: of equal requests the last response, without credentials. */
export function record(file: string, upstream: Upstream): Upstream {
  const exchanges = new Map<string, RecordedExchange>()
  let written: Promise<void> = Promise.resolve()
  return async (request) => {
    const response = await upstream(request)
    if (response) {
      const described = describe(request)
      exchanges.set(keyOf(described), { ...described, response: toRecorded(response) })
      const content = () => JSON.stringify([...exchanges.values()], null, 2)
      written = written.catch(() => {}).then(() => replaceFile(file, content()))
      await written
    }
    return response
  }
}

/** Responds from a file that `record` wrote. Throws {@link StartError}. */
export function replay(file: string): Upstream {
  const exchanges = new Map(read(file).map((exchange) => [keyOf(exchange), exchange.response]))
  return async (request) => {
    const recorded = exchanges.get(keyOf(describe(request)))
    return recorded && fromRecorded(recorded)
  }
}

/** A thousand exports have less. */
const maxBytes = 128 * 2 ** 20

function read(file: string): RecordedExchange[] {
  const source = readKeptFile(file, maxBytes)
  if (source === undefined) throw new StartError(file, `cannot be read (${notThere})`)
  try {
    const recorded: unknown = JSON.parse(source)
    if (Array.isArray(recorded) && recorded.every(isExchange)) return recorded
  } catch (error) {
    throw new StartError(file, `cannot be read (${(error as Error).message})`)
  }
  throw new StartError(file, 'is no recording: a list of { method, target, response } as --record writes it')
}

function isExchange(value: unknown): value is RecordedExchange {
  const { method, target, response } = (value ?? {}) as Partial<RecordedExchange>
  const isText = typeof method === 'string' && typeof target === 'string'
  return isText && typeof response?.status === 'number' && typeof response.headers === 'object'
}

function describe({ method, target, body }: PassedRequest): Omit<RecordedExchange, 'response'> {
  const bodySha256 = body && createHash('sha256').update(body).digest('hex')
  return { method, target, ...(bodySha256 && { bodySha256 }) }
}

const keyOf = ({ method, target, bodySha256 = '' }: Omit<RecordedExchange, 'response'>) =>
  `${method} ${target} ${bodySha256}`

function toRecorded({ status, headers, body }: ApiResponse): RecordedExchange['response'] {
  const { 'set-cookie': _cookie, ...kept } = headers
  if (!body || body.length === 0) return { status, headers: kept }
  const text = body.toString('utf8')
  const isText = Buffer.from(text, 'utf8').equals(body)
  return { status, headers: kept, ...(isText ? { body: text } : { bodyBase64: body.toString('base64') }) }
}

function fromRecorded({ status, headers, body, bodyBase64 }: RecordedExchange['response']): ApiResponse {
  const bytes =
    bodyBase64 === undefined
      ? body === undefined
        ? undefined
        : Buffer.from(body)
      : Buffer.from(bodyBase64, 'base64')
  return { status, headers, ...(bytes && { body: bytes }) }
}

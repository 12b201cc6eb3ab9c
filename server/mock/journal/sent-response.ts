import type { OutgoingHttpHeaders } from 'node:http'
import type { Response } from 'express'
import { withoutSecrets } from '../../log.ts'
import { redactBody, redactHeaders, removeCredentials } from './redaction.ts'

/** What was sent to a client, without credentials in the headers; `text` may hold other secrets. */
export interface SentResponse {
  headers: OutgoingHttpHeaders
  /** Of the body. */
  bytes: number
  /** The beginning of a body that is text. */
  text?: string
}

/** What the detail of a journal entry says about the response, without secrets. */
export interface ResponseDetail {
  headers: Record<string, string>
  bytes: number
  /** JSON as its value, other text as text; absent where the body is neither. */
  body?: unknown
  /** Whether `body` is only the beginning. */
  truncated?: true
}

const longestText = 16_384
const textType = /^text\/|[/+](json|xml|x-www-form-urlencoded)\b/i

/** Watches what is written to a response. The result is called once it is over; undefined where nothing was sent. */
export function watchResponse(response: Response): () => SentResponse | undefined {
  const kept: Uint8Array[] = []
  let bytes = 0
  const watch = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    const length =
      typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding as BufferEncoding) : chunk.length
    if (bytes < longestText && isText(response)) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk
      kept.push(data.subarray(0, longestText - bytes))
    }
    bytes += length
  }
  for (const name of ['write', 'end'] as const) {
    const original = response[name].bind(response) as (...args: unknown[]) => never
    response[name] = (...args: unknown[]) => {
      watch(args[0], typeof args[1] === 'string' ? args[1] : undefined)
      return original(...args)
    }
  }
  return () => {
    if (!response.headersSent) return undefined
    const headers = removeCredentials(response.getHeaders())
    // RFC 9110 §9.3.2, §15.3.5, §15.4.5: no body is sent, whatever was written.
    const hasBody = response.req.method !== 'HEAD' && ![204, 304].includes(response.statusCode)
    if (!hasBody) return { headers, bytes: 0 }
    // An incomplete character at the end is left out.
    const text = new TextDecoder().decode(kept.length === 1 ? kept[0] : Buffer.concat(kept), { stream: true })
    return { headers, bytes, ...(text && { text }) }
  }
}

function isText(response: Response): boolean {
  return !response.hasHeader('Content-Encoding') && textType.test(String(response.getHeader('Content-Type')))
}

/** What the journal shows of a response. */
export function describeResponse({ headers, bytes, text }: SentResponse): ResponseDetail {
  const described = { headers: redactHeaders(headers), bytes }
  if (text === undefined) return described
  if (bytes > longestText) return { ...described, body: withoutSecrets(text), truncated: true }
  return { ...described, body: readJson(text) ?? withoutSecrets(text) }
}

function readJson(text: string): unknown {
  try {
    return redactBody(JSON.parse(text))
  } catch {
    return undefined
  }
}

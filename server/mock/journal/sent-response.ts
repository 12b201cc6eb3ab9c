import type { OutgoingHttpHeaders } from 'node:http'
import type { Response } from 'express'
import type { ApiResponse } from '../../http/api-response.ts'
import { sliceBytes } from '../../http/write-body.ts'
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

/** Follows how much of a response's body is sent. The result is the part that has been, once it is over. */
export function trackBody(response: Response, { body = Buffer.alloc(0), write }: ApiResponse): () => Buffer {
  // Methods of its own make everything slower that Node does with a response: not for one that is sent at once.
  if (!write && body.length <= sliceBytes) return () => body
  let bytes = 0
  for (const name of ['write', 'end'] as const) {
    const original = response[name].bind(response) as (...args: unknown[]) => never
    response[name] = (...args: unknown[]) => {
      if (args[0] instanceof Uint8Array) bytes += args[0].length
      return original(...args)
    }
  }
  return () => body.subarray(0, bytes)
}

/** A response that is over, and the part of its body that was sent; undefined where nothing was. */
export function describeSent(response: Response, body: Buffer): SentResponse | undefined {
  if (!response.headersSent) return undefined
  const headers = removeCredentials(response.getHeaders())
  // RFC 9110 §9.3.2, §15.3.5, §15.4.5: no body is sent, whatever was written.
  const hasBody = response.req.method !== 'HEAD' && ![204, 304].includes(response.statusCode)
  if (!hasBody) return { headers, bytes: 0 }
  const sent = { headers, bytes: body.length }
  if (body.length === 0 || !isText(response)) return sent
  // A part of a longer buffer would keep all of it in memory.
  const kept = body.length > longestText ? Buffer.from(body.subarray(0, longestText)) : body
  return {
    ...sent,
    // Few entries are ever looked at. An incomplete character at the end is left out.
    get text() {
      return new TextDecoder().decode(kept, { stream: true })
    },
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

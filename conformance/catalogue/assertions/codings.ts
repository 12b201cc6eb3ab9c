import assert from 'node:assert/strict'
import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type ZlibOptions,
  zstdDecompressSync,
} from 'node:zlib'
import { headerValue, type ReceivedResponse } from '../../http/response.ts'

/** More than any report has: a small body may expand to gigabytes. */
const decoded = { maxOutputLength: 64 * 2 ** 20 }

type Decoder = (body: Buffer, options: ZlibOptions) => Buffer

const decoders: Record<string, Decoder> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  // Many implementations leave the zlib header out, and every client reads both (RFC 9110 §8.4.1.2).
  deflate: (body, options) => ((body[0]! & 15) === 8 ? inflateSync : inflateRawSync)(body, options),
  br: brotliDecompressSync,
  zstd: (body) => zstdDecompressSync(body, decoded),
}

/** The content codings of a response, in lower case, in the order in which they were applied. */
export function codingsOf(response: Pick<ReceivedResponse, 'headers'>): string[] {
  return (headerValue(response, 'content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name && name !== 'identity')
}

/** The content of a response without its codings; each must be one that `accepted` (an Accept-Encoding) offers. */
export function decodeContent(response: ReceivedResponse, accepted = 'gzip'): Buffer {
  const offered = accepted.split(',').map((name) => name.trim())
  let { body } = response
  for (const coding of codingsOf(response).reverse()) {
    const isOffered = offered.includes('*') || offered.includes(coding.replace(/^x-/, ''))
    assert.ok(isOffered, `the coding is ${coding}; ${accepted} was offered`)
    body = undo(coding, body)
  }
  return body
}

function undo(coding: string, body: Buffer): Buffer {
  const decoder = decoders[coding]
  assert.ok(decoder, `Content-Encoding is ${coding}, which is no registered content coding`)
  try {
    return decoder(body, decoded)
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    assert.fail(
      `Content-Encoding is ${coding}, but ${isTooLarge ? `the content expands to more than ${decoded.maxOutputLength} bytes` : 'the content cannot be decoded as that'}`,
    )
  }
}

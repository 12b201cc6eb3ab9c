import { codingsOf, decodeContent } from '../../catalogue/assertions/codings.ts'
import type { ReceivedResponse } from '../../http/response.ts'

/** The content of a response, as far as it can be searched for secrets. */
export interface ReadableContent {
  body: Buffer
  /** What was done to what was received. */
  note?: string
}

/**
 * Streams of Brotli, and of deflate without a header, cannot be found by their bytes: such a content is decoded, or left
 * out where that fails.
 */
export function readableContent(response: ReceivedResponse): ReadableContent {
  const hidden = codingsOf(response).find((coding) => coding === 'br' || coding === 'deflate')
  if (!hidden || response.body.length === 0) return { body: response.body }
  try {
    return { body: decodeContent(response, '*'), note: `decoded, since Content-Encoding is ${hidden}` }
  } catch {
    return { body: Buffer.alloc(0), note: `left out, since it cannot be decoded as ${hidden}` }
  }
}

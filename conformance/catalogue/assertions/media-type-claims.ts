import { isUtf8 } from 'node:buffer'
import { headerValue, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import { isJson, isPdf } from './assertions.ts'
import { decodeContent } from './codings.ts'

const signatures: Record<string, RegExp> = {
  'image/png': /^\x89PNG\r\n/,
  'image/jpeg': /^\xff\xd8\xff/,
  'image/gif': /^GIF8/,
  'image/webp': /^RIFF.{4}WEBP/s,
  'application/zip': /^PK/,
}

/**
 * Why a body is not what its media type says, as in "is no JSON"; undefined where it is, or where nothing tells:
 * whatever is text may be text/plain, and any bytes application/octet-stream.
 */
export function whyMisnamed(response: ReceivedResponse): string | undefined {
  const type = mediaTypeOf(response)
  const content = contentOf(response)
  if (!content || content.length === 0 || isUtf16(content, response)) return undefined
  if (type === 'application/pdf') return isPdf({ body: content }) ? undefined : 'is no PDF'
  if (/[/+]json$/.test(type)) {
    if (!isJson(withoutMark(content))) return 'is no JSON'
    // JSON that systems exchange is UTF-8 (RFC 8259 §8.1).
    return isUtf8(content) ? undefined : 'is not encoded in UTF-8, as JSON must be'
  }
  if (/^(?:text|image)\/|[/+]xml$/.test(type) && isPdf({ body: content })) return 'is a PDF'
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(type) && isJsonStructure(content)) return 'is JSON'
  const start = content.toString('latin1', 0, 1024)
  if (/[/+]xml$/.test(type) && !/^\s*</.test(start.replace(/^\xef\xbb\xbf/, ''))) return 'is no XML'
  return signatures[type]?.test(start) === false ? `is no ${type}` : undefined
}

/** The whole content without its codings; undefined for a part, and where it was not received whole or not decodable. */
function contentOf(response: ReceivedResponse): Buffer | undefined {
  if (response.truncated || response.status === 206) return undefined
  try {
    return decodeContent(response, '*')
  } catch {
    return undefined
  }
}

const isUtf16 = (content: Buffer, response: ReceivedResponse) =>
  /^(?:\xfe\xff|\xff\xfe)/.test(content.toString('latin1', 0, 2)) ||
  /charset="?utf-(?:16|32)/i.test(headerValue(response, 'content-type') ?? '')

/** Parsers may ignore a byte order mark (RFC 8259 §8.1). */
const withoutMark = (content: Buffer) =>
  content.subarray(0, 3).equals(Buffer.from('\ufeff')) ? content.subarray(3) : content

/** A string, number or word may be a page of HTML as well. */
const isJsonStructure = (content: Buffer) =>
  /^\s*[[{]/.test(content.toString('latin1', 0, 64)) && isJson(content)

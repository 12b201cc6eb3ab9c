/** One header as received: name in its own spelling, value without surrounding white space. */
export type HeaderField = [name: string, value: string]

/** A response read to its end, as plain data: nothing in it can be read only once. */
export interface ReceivedResponse {
  status: number
  /** Every header in the order received; repeated ones stay apart. */
  headers: HeaderField[]
  /** The content as transferred, content codings still applied. */
  body: Buffer
  /** Interim responses (1xx) that came before this one. */
  informational: { status: number; headers: HeaderField[] }[]
  /** Why the body ends before its framing says so; undefined when it was received whole. */
  truncated?: 'closed' | 'timeout' | 'too large'
  /** Milliseconds until the head, and until the end. */
  timing: { head: number; total: number }
}

/** All values of a header, in order, names compared without case (RFC 9110 §5.1). */
export function headerValues(response: Pick<ReceivedResponse, 'headers'>, name: string): string[] {
  const wanted = name.toLowerCase()
  return response.headers.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value)
}

/** The combined value of a header (RFC 9110 §5.3), or undefined where it was not sent. */
export function headerValue(response: Pick<ReceivedResponse, 'headers'>, name: string): string | undefined {
  const values = headerValues(response, name)
  return values.length > 0 ? values.join(', ') : undefined
}

/** The media type without parameters, in lower case (RFC 9110 §8.3.1); empty where none was sent. */
export function mediaTypeOf(response: Pick<ReceivedResponse, 'headers'>): string {
  return (headerValues(response, 'content-type')[0] ?? '').split(';')[0]!.trim().toLowerCase()
}

/** The response in a few words, for messages: status, media type and size. */
export function describeResponse(response: ReceivedResponse): string {
  const type = mediaTypeOf(response) || 'no media type'
  return `${response.status} (${type}, ${response.body.length} bytes${response.truncated ? `, truncated: ${response.truncated}` : ''})`
}

import { type Breach, firstOfSections } from './breach.ts'
import { type FramedBody, readBody } from './message-body.ts'
import { hasFinalHead, parseHead, readHead } from './message-head.ts'
import type { ReceivedResponse } from './response.ts'

/** A response as parsed from the bytes on the wire, with what an ordinary client hides. */
export interface RawResponse extends ReceivedResponse, Omit<FramedBody, 'body' | 'truncated'> {
  /** Status line and header section of the final response as received. */
  head: string
}

/** Parses everything that a connection delivered after one request (RFC 9112). `end`: why reading ended early. */
export function parseMessage(
  bytes: Buffer,
  method: string,
  timing: ReceivedResponse['timing'],
  end?: 'timeout' | 'too large' | 'idle',
): RawResponse {
  const informational: ReceivedResponse['informational'] = []
  const earlier: Breach[] = []
  for (let at = 0; ; ) {
    const { head, next } = readHead(bytes, at)
    const { status, headers, breaches } = parseHead(head)
    if (isInterim(status) && next < bytes.length) {
      const framing = headers.filter(([name]) => /^(content-length|transfer-encoding)$/i.test(name))
      const misplaced = framing.map(([name]) => ({
        section: '6.1',
        message: `${name} in a ${status} response`,
      }))
      earlier.push(...breaches, ...misplaced)
      informational.push({ status, headers })
      at = next
      continue
    }
    const framed = readBody(bytes.subarray(next), headers, isBodiless(status, method))
    // A body delimited by closing is truncated where it was not the deployment that closed.
    const isUnfinished = framed.truncated !== undefined || framed.delimiter === 'close'
    const truncated = isUnfinished && end && end !== 'idle' ? end : framed.truncated
    return {
      ...framed,
      status,
      headers,
      informational,
      timing,
      head,
      breaches: firstOfSections([...earlier, ...breaches, ...framed.breaches]),
      ...(truncated && { truncated }),
    }
  }
}

/** Whether the bytes hold a whole final response, so that nothing more is due. */
export function isWholeMessage(bytes: Buffer, method: string): boolean {
  if (!hasFinalHead(bytes)) return false
  const message = parseMessage(bytes, method, { head: 0, total: 0 })
  return message.status >= 200 && !message.truncated && message.delimiter !== 'close'
}

/** 101 is a final response: what follows it is another protocol. */
const isInterim = (status: number) => status >= 100 && status < 200 && status !== 101

const isBodiless = (status: number, method: string) =>
  method === 'HEAD' || status === 204 || status === 304 || (status >= 100 && status < 200)

import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { clientDisconnectSignal } from './client-disconnect.ts'

/** A body of at most this length is written at once. */
export const sliceBytes = 64 * 1024

/**
 * Writes a body, slice by slice as the client reads it: over TLS, Node does not see the progress within one write, and
 * would take a slow client for one that does not read. Rejects with `AbortError` when the client disconnects.
 */
export async function writeBody(response: ServerResponse, body: Buffer): Promise<void> {
  if (body.length <= sliceBytes) return void response.end(body)
  const signal = clientDisconnectSignal(response)
  for (let at = 0; at < body.length; at += sliceBytes) {
    if (!response.write(body.subarray(at, at + sliceBytes))) await once(response, 'drain', { signal })
  }
  response.end()
}

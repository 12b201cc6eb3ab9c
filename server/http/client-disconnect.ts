import type { ServerResponse } from 'node:http'

/** Aborted when the client disconnects before the response is complete. */
export function clientDisconnectSignal(response: ServerResponse): AbortSignal {
  const disconnect = new AbortController()
  const onClose = () => {
    if (!response.writableFinished) disconnect.abort()
  }
  if (response.closed) onClose()
  else response.once('close', onClose)
  return disconnect.signal
}

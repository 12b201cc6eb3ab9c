import type { Response } from 'express'

/** Aborted as soon as nobody waits for the answer any more, because the client has gone without it. */
export function clientDisconnectSignal(response: Response): AbortSignal {
  const departure = new AbortController()
  const leave = () => {
    if (!response.writableFinished) departure.abort()
  }
  if (response.closed) leave()
  else response.once('close', leave)
  return departure.signal
}

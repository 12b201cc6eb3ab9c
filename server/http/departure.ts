import type { Response } from 'express'

/** Aborted as soon as nobody waits for the answer: the client has gone, or has it. */
export function departureOf(response: Response): AbortSignal {
  const departure = new AbortController()
  if (response.closed) departure.abort()
  else response.once('close', () => departure.abort())
  return departure.signal
}

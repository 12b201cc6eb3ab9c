import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import type { ResponseSender } from './api-response.ts'
import { Problem } from './problem.ts'
import { problemResponse } from './problem-response.ts'

/** Turns what was thrown into a response: a problem as it is, anything else into a 500 and a line in the log. */
export function sendError(log: Logger, send: ResponseSender): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error.name === 'AbortError') return response.destroy()
    if (response.headersSent) return next(error)
    if (error instanceof Problem) return send(response, problemResponse(error))
    // A path that cannot be decoded is the path of nothing.
    if (error instanceof URIError) {
      return send(response, problemResponse(new Problem('not_found', 'There is nothing here.')))
    }
    log.error({ err: error }, 'answered 500')
    send(response, problemResponse(new Problem('internal_error', 'The server failed to answer.')))
  }
}

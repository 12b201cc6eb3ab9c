import type { ErrorRequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { noteAnswer } from '../mock/journal/journal.ts'
import { type ApiResponse, writeResponse } from './answer.ts'
import { Problem, problemResponse } from './problem.ts'

/** Sends an answer, and has the journal know why it is as it is. */
export function sendResponse(response: Response, made: ApiResponse): Promise<void> {
  noteAnswer(response, made)
  return writeResponse(response, made)
}

/** Answers what was thrown: problems as they are, accidents by 500 and a line in the log. */
export function sendError(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error.name === 'AbortError') return response.destroy()
    if (response.headersSent) return next(error)
    if (error instanceof Problem) return sendResponse(response, problemResponse(error))
    log.error({ err: error }, 'answered 500')
    sendResponse(response, problemResponse(new Problem('internal_error', 'The server failed to answer.')))
  }
}

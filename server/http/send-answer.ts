import type { ErrorRequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { noteAnswer } from '../mock/journal/journal.ts'
import { type Answer, send } from './answer.ts'
import { answerProblem, Problem } from './problem.ts'

/** Sends an answer, and has the journal know why it is as it is. */
export function answer(response: Response, made: Answer): Promise<void> {
  noteAnswer(response, made)
  return send(response, made)
}

/** Answers what was thrown: problems as they are, accidents by 500 and a line in the log. */
export function answerError(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (error.name === 'AbortError') return response.destroy()
    if (response.headersSent) return next(error)
    if (error instanceof Problem) return answer(response, answerProblem(error))
    log.error({ err: error }, 'answered 500')
    answer(response, answerProblem(new Problem('internal_error', 'The server failed to answer.')))
  }
}

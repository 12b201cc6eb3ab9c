import type { NextFunction, RequestHandler } from 'express'

/**
 * Handlers one after the other, as a router runs them. A router of Express ends by `setImmediate`, which fake timers of a test
 * suite replace in the process that it shares with a mock.
 */
export function inOrder(...handlers: RequestHandler[]): RequestHandler {
  return (request, response, done) => {
    const from =
      (at: number): NextFunction =>
      (error) => {
        const handle = handlers[at]
        if (error || !handle) done(error)
        else handle(request, response, from(at + 1))
      }
    from(0)()
  }
}

import type { RequestHandler } from 'express'
import { readJsonBody } from '../../http/json-body.ts'
import { Problem } from '../../http/problem.ts'

/** Reads a JSON body. Throws `bad_request` where there is none or it cannot be read. */
export const requireJsonBody: RequestHandler = async (request, response, next) => {
  await readJsonBody(request, response)
  if (request.body === undefined) {
    throw new Problem('bad_request', 'Send a JSON body with Content-Type: application/json.')
  }
  next()
}

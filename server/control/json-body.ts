import express, { type RequestHandler } from 'express'
import { Problem } from '../problem.ts'

const parse = express.json({ limit: '1mb', strict: true })

/** Reads a JSON body. Throws `bad_request` where there is none, or none that can be read. */
export const readJsonBody: RequestHandler = (request, response, next) => {
  if (!request.is('json')) {
    throw new Problem('bad_request', 'Send a JSON body with Content-Type: application/json.')
  }
  parse(request, response, (error?: Error) => {
    next(error && new Problem('bad_request', `The body cannot be read as JSON: ${error.message}`))
  })
}

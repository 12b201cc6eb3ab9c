import type { RequestHandler } from 'express'

/** RFC 9112 §3.2.2: a server accepts `GET http://host/path` for `GET /path`. */
export const rewriteAbsoluteForm: RequestHandler = (request, _response, next) => {
  request.url = request.url.replace(/^https?:\/\/[^/?#]*\/?/i, '/')
  request.originalUrl = request.url
  next()
}

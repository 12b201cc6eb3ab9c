import type { RequestHandler } from 'express'
import { withoutServerPath } from '../../spec/server-paths.ts'

/** RFC 9112 §3.2.2: a server accepts `GET http://host/path` for `GET /path`. */
export const rewriteAbsoluteForm: RequestHandler = (request, _response, next) => {
  request.url = request.url.replace(/^https?:\/\/[^/?#]*\/?/i, '/')
  request.originalUrl = request.url
  next()
}

/**
 * Leaves the path of the contract's server out of the request's URL, since operations are matched below it. Requests at the
 * root are served too: clients that were given the mock's address alone.
 */
export const removeServerPath =
  (serverPaths: () => readonly string[]): RequestHandler =>
  (request, _response, next) => {
    const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(request.url) ?? []
    const below = withoutServerPath(path, serverPaths())
    if (below !== undefined) request.url = below + rest
    next()
  }

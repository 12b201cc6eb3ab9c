import type { RequestHandler } from 'express'
import { withoutServerPath } from '../../spec/server-paths.ts'
import { Problem } from './problem.ts'

/** RFC 9112 §3.2.2: a server accepts `GET http://host/path` for `GET /path`, and ignores the Host beside it. */
export const rewriteAbsoluteForm: RequestHandler = (request, _response, next) => {
  const [prefix, authority] = /^https?:\/\/([^/?#]*)\/?/i.exec(request.url) ?? []
  if (prefix !== undefined) {
    request.headers.host = authority
    request.url = `/${request.url.slice(prefix.length)}`
  }
  request.originalUrl = request.url
  next()
}

/** RFC 9112 §3.2: Node takes the first, and an intermediary may have taken the last. */
export const refuseSeveralHosts: RequestHandler = ({ headersDistinct }, _response, next) => {
  if ((headersDistinct.host?.length ?? 0) < 2) return next()
  throw new Problem('bad_request', 'The request has several Host header fields.')
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

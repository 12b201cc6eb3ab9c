import cors from 'cors'
import express, { type RequestHandler } from 'express'

// Development servers of whatever port; RFC 6761 §6.3 keeps all of `.localhost` on this machine.
const localOrigin = /^https?:\/\/(localhost|[a-z0-9.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/** Lets pages of the given origins (default: any local one; `*`: any at all) read the answers. */
export function allowOrigins(origins: readonly string[] = []): RequestHandler {
  const isAllowed = (origin: string) =>
    origins.length === 0 ? localOrigin.test(origin) : origins.includes('*') || origins.includes(origin)
  const router = express.Router()
  router.use((_request, response, next) => {
    response.vary('Authorization, Origin')
    next()
  })
  router.use(
    cors({
      origin: (origin, decide) => decide(null, origin !== undefined && isAllowed(origin)),
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: [
        'Content-Disposition',
        'Content-Range',
        'ETag',
        'Preference-Applied',
        'Retry-After',
        'X-Mock-Engine',
        'X-Mock-Scenario',
      ],
      maxAge: 600,
      // The library would end every OPTIONS itself, with a Content-Length that a 204 must not have.
      preflightContinue: true,
    }),
  )
  router.use((request, response, next) => {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method']
    // Fetch standard: browsers send preflights without credentials, so they cannot wait for a token.
    if (isPreflight && response.hasHeader('Access-Control-Allow-Origin')) response.status(204).end()
    else next()
  })
  return router
}

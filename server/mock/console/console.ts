import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import helmet from 'helmet'

const pages = fileURLToPath(new URL('./page', import.meta.url))

/** Swagger UI: in the package copied into `page/viewer`, in the repository a development dependency. */
function findViewer(): string {
  const copied = join(pages, 'viewer')
  return existsSync(copied)
    ? copied
    : dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
}

const viewerFiles = ['swagger-ui-bundle.js', 'swagger-ui.css']

const pageHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // Swagger UI sets style attributes.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      // The page fetches the report with a token and shows it from a blob URL.
      frameSrc: ['blob:'],
      objectSrc: ['blob:'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false,
})

/** Serves the console's files. They are open to all: the data comes from the protected paths of the control plane. */
export function createConsole(): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  const files = express.static(pages, { redirect: false, cacheControl: false })
  router.get('/', (_request, response) => response.redirect(302, '/_mock/'))
  router.get('/_mock', (_request, response) => response.redirect(308, '/_mock/'))
  router.use('/_mock/viewer', (request, response, next) => {
    const name = request.path.slice(1)
    if (!viewerFiles.includes(name)) return next()
    pageHeaders(request, response, () => response.sendFile(name, { root: findViewer(), cacheControl: false }))
  })
  router.use('/_mock', (request, response, next) => {
    const isPage = request.path === '/' || /^\/[\w-]+\.(html|css|js|svg)$/.test(request.path)
    if (!isPage) return next()
    pageHeaders(request, response, () => files(request, response, next))
  })
  return router
}

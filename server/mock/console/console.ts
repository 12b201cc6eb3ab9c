import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import express, { type Router } from 'express'
import helmet from 'helmet'

const pages = fileURLToPath(new URL('./page', import.meta.url))

/** What the pages load of other packages, by the folder below `/_mock/`. */
const libraries = {
  viewer: { module: 'swagger-ui-dist', folder: '', files: ['swagger-ui-bundle.js', 'swagger-ui.css'] },
  pdfjs: { module: 'pdfjs-dist', folder: 'legacy/build', files: ['pdf.min.mjs', 'pdf.worker.min.mjs'] },
}

/** Where a library lies: copied into `page` in the package, installed for development in the repository. */
function locate(name: keyof typeof libraries): string {
  const copied = join(pages, name)
  if (existsSync(copied)) return copied
  const { module, folder } = libraries[name]
  return join(dirname(createRequire(import.meta.url).resolve(`${module}/package.json`)), folder)
}

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
      workerSrc: ["'self'"],
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
  for (const [name, { files }] of Object.entries(libraries)) {
    router.use(`/_mock/${name}`, (request, response, next) => {
      const file = request.path.slice(1)
      if (!files.includes(file)) return next()
      const root = locate(name as keyof typeof libraries)
      pageHeaders(request, response, () => response.sendFile(file, { root, cacheControl: false }))
    })
  }
  router.use('/_mock', (request, response, next) => {
    const isPage = request.path === '/' || /^\/[\w-]+\.(html|css|js|svg)$/.test(request.path)
    if (!isPage) return next()
    pageHeaders(request, response, () => files(request, response, next))
  })
  return router
}

import express, { type Router } from 'express'
import { Problem } from '../../http/problem.ts'

/** The state as fixture files: a list of their paths, and the content of each. */
export function createFixtureRoutes(files: () => Record<string, unknown>): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', (_request, response) => void response.json({ files: Object.keys(files()) }))
  router.get('/*path', (request, response) => {
    const path = [request.params.path].flat().join('/')
    const all = files()
    if (!Object.hasOwn(all, path)) throw new Problem('not_found', 'GET /_mock/fixtures lists the files.')
    response.type('json').send(`${JSON.stringify(all[path], null, 2)}\n`)
  })
  return router
}

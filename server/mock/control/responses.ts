import express, { type Router } from 'express'
import { Problem } from '../../http/problem.ts'
import type { ActiveResponse } from '../responses/response-setting.ts'
import type { Schedule } from '../schedule.ts'
import { requireJsonBody } from './json-body.ts'

/** Lists, sets and removes responses of one's own. */
export function createResponseRoutes(schedule: Schedule, set: (setting: unknown) => ActiveResponse): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', (_request, response) => {
    response.json({ responses: schedule.list('response') })
  })
  router.post('/', requireJsonBody, (request, response) => {
    const active = set(request.body)
    response.status(201).location(`/_mock/responses/${active.id}`).json(active)
  })
  router.delete('/', (_request, response) => {
    schedule.clear('response')
    response.status(204).end()
  })
  router.delete('/:id', ({ params: { id } }, response) => {
    if (!schedule.remove(id, 'response')) throw new Problem('not_found', `There is no response ${id}.`)
    response.status(204).end()
  })
  return router
}

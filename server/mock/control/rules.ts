import express, { type Router } from 'express'
import { Problem } from '../../http/problem.ts'
import type { Active, RuleKind, Schedule } from '../schedule.ts'
import { requireJsonBody } from './json-body.ts'

/** Lists, sets and removes what applies to calls: scenarios, or responses of one's own. `described` is listed as well. */
export function createRuleRoutes(
  kind: RuleKind,
  schedule: Schedule,
  set: (setting: unknown) => Active<object>,
  described: object = {},
): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', (_request, response) => {
    response.json({ [`${kind}s`]: schedule.list(kind), ...described })
  })
  router.post('/', requireJsonBody, (request, response) => {
    const active = set(request.body)
    response.status(201).location(`/_mock/${kind}s/${active.id}`).json(active)
  })
  router.delete('/', (_request, response) => {
    schedule.clear(kind)
    response.status(204).end()
  })
  router.delete('/:id', ({ params: { id } }, response) => {
    if (!schedule.remove(id, kind)) throw new Problem('not_found', `There is no ${kind} ${id}.`)
    response.status(204).end()
  })
  return router
}

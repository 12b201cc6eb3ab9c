import express, { type Router } from 'express'
import { Problem } from '../../http/problem.ts'
import { scenarios } from '../scenarios/catalogue.ts'
import type { ActiveScenario } from '../scenarios/scenario-rule.ts'
import { scopeSchema } from '../scenarios/setting.ts'
import type { Schedule } from '../schedule.ts'
import { requireJsonBody } from './json-body.ts'

/** All scenarios that can be set, with their parameters as JSON Schemas. */
const available = Object.entries(scenarios).map(([name, scenario]) => {
  const { title, parameters, required = [] } = scenario as typeof scenario & { required?: string[] }
  return { name, title, parameters, required }
})

/** Lists, sets and removes scenarios. */
export function createScenarioRoutes(schedule: Schedule, set: (setting: unknown) => ActiveScenario): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', (_request, response) => {
    response.json({ scenarios: schedule.list('scenario'), available, scope: scopeSchema })
  })
  router.post('/', requireJsonBody, (request, response) => {
    const active = set(request.body)
    response.status(201).location(`/_mock/scenarios/${active.id}`).json(active)
  })
  router.delete('/', (_request, response) => {
    schedule.clear('scenario')
    response.status(204).end()
  })
  router.delete('/:id', ({ params: { id } }, response) => {
    if (!schedule.remove(id, 'scenario')) throw new Problem('not_found', `There is no scenario ${id}.`)
    response.status(204).end()
  })
  return router
}

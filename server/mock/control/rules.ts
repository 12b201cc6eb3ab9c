import express, { type Router } from 'express'
import { Problem } from '../../http/problem.ts'
import type { Kept } from '../../persistence/kept.ts'
import { type Active, clearRules, listRules, type RuleBook, type RuleKind, removeRule } from '../rule-book.ts'
import { requireJsonBody } from './json-body.ts'

/** Lists, sets and removes what applies to calls: scenarios, or responses of one's own. `described` is listed as well. */
export function createRuleRoutes(
  kind: RuleKind,
  rules: Kept<RuleBook>,
  set: (setting: never) => Promise<Active<object>>,
  described: object = {},
): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', (_request, response) => {
    response.json({ [`${kind}s`]: listRules(rules.current(), kind), ...described })
  })
  router.post('/', requireJsonBody, async (request, response) => {
    const active = await set(request.body as never)
    response.status(201).location(`/_mock/${kind}s/${active.id}`).json(active)
  })
  router.delete('/', async (_request, response) => {
    await rules.change((book) => clearRules(book, kind))
    response.status(204).end()
  })
  router.delete('/:id', async ({ params: { id } }, response) => {
    const isRemoved = await rules.change((book) => removeRule(book, id, kind))
    if (!isRemoved) throw new Problem('not_found', `There is no ${kind} ${id}.`)
    response.status(204).end()
  })
  return router
}

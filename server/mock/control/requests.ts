import express, { type Router } from 'express'
import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { describeExchange, describeInDetail, type JournalEntry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReviewContext } from '../journal/verdict.ts'
import {
  findDifferences,
  type RequestPattern,
  type Verification,
  type VerificationResult,
} from '../journal/verification.ts'
import { explainUnknownName } from '../known-names.ts'
import { requireJsonBody } from './json-body.ts'

const number = { type: 'string', pattern: '^\\d+$' }
const text = { type: 'string' }
const readFilter = createShapeReader<Record<string, string>>('The filter cannot be read', {
  type: 'object',
  properties: {
    operation: text,
    persona: text,
    scenario: text,
    method: text,
    status: number,
    after: number,
    cancelled: { enum: ['true', 'false'] },
  },
  additionalProperties: false,
})

/**
 * Which requests to list. `after`: an id, to list only requests that ended later.
 *
 * @example
 * ```ts
 * import type { RequestFilter } from 'altostrat-contract'
 *
 * const refused: RequestFilter = { persona: 'viewer', status: 403 }
 * ```
 */
export type RequestFilter = Omit<RequestPattern, 'query' | 'headers' | 'body' | 'path'> & { after?: number }

/** The entries of the journal that match a filter, in the order in which the requests ended. Throws `bad_request`. */
export function listRequests(
  journal: Journal,
  context: ReviewContext,
  filter: RequestFilter = {},
): JournalEntry[] {
  const obstacle = explainUnknownName(filter, context)
  if (obstacle) throw new Problem('bad_request', `The filter cannot be read: ${obstacle}.`)
  const { after = 0, ...pattern } = filter
  return journal
    .exchanges()
    .filter(({ id }) => id > after)
    .map((exchange) => describeExchange(exchange, context))
    .filter((entry) => findDifferences(pattern, entry).length === 0)
}

/** The journal: list, show one request with its response, clear, verify. */
export function createRequestRoutes(
  journal: Journal,
  context: () => ReviewContext,
  verify: (verification: Verification) => Promise<VerificationResult>,
): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', async ({ query }, response) => {
    const { status, after, cancelled, ...rest } = readFilter(query)
    const filter = {
      ...rest,
      ...(status && { status: Number(status) }),
      ...(after && { after: Number(after) }),
      ...(cancelled && { cancelled: cancelled === 'true' }),
    }
    await journal.refresh()
    const [last, missing] = [journal.lastId(), journal.missing()]
    response.json({
      requests: listRequests(journal, context(), filter),
      journal: journal.id,
      last,
      ...(missing > 0 && { missing }),
    })
  })
  router.get('/:id', async ({ params: { id } }, response) => {
    await journal.refresh()
    const exchange = journal.exchanges().find((exchange) => String(exchange.id) === id)
    if (!exchange) throw new Problem('not_found', `The journal has no request ${id}: it may have dropped it.`)
    response.json(describeInDetail(exchange, context()))
  })
  router.delete('/', async (_request, response) => {
    await journal.clear()
    response.status(204).end()
  })
  router.post('/verify', requireJsonBody, async ({ body }, response) => {
    response.json(await verify(body))
  })
  return router
}

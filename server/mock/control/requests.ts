import express, { type Router } from 'express'
import { createShapeReader } from '../../http/json-shape.ts'
import { describeExchange, type JournalEntry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReviewContext } from '../journal/verdict.ts'
import {
  findDifferences,
  type RequestPattern,
  readVerification,
  verifyRequests,
} from '../journal/verification.ts'
import { requireJsonBody } from './json-body.ts'

const number = { type: 'string', pattern: '^\\d+$' }
const text = { type: 'string' }
const readFilter = createShapeReader<Record<string, string>>('Requests are not filtered by that', {
  type: 'object',
  properties: { operation: text, persona: text, scenario: text, method: text, status: number, after: number },
  additionalProperties: false,
})

/** `after` is an id: later requests only. */
export type RequestFilter = Omit<RequestPattern, 'query' | 'headers' | 'body' | 'path'> & { after?: number }

export function listRequests(
  journal: Journal,
  facts: ReviewContext,
  filter: RequestFilter = {},
): JournalEntry[] {
  const { after = 0, ...pattern } = filter
  return journal
    .exchanges()
    .filter(({ id }) => id > after)
    .map((exchange) => describeExchange(exchange, facts))
    .filter((entry) => findDifferences(pattern, entry).length === 0)
}

export function createRequestRoutes(journal: Journal, facts: () => ReviewContext): Router {
  const router = express.Router({ strict: true, caseSensitive: true })
  router.get('/', ({ query }, response) => {
    const { status, after, ...rest } = readFilter(query)
    const filter = {
      ...rest,
      ...(status && { status: Number(status) }),
      ...(after && { after: Number(after) }),
    }
    response.json({ requests: listRequests(journal, facts(), filter), last: journal.lastId() })
  })
  router.delete('/', (_request, response) => {
    journal.clear()
    response.status(204).end()
  })
  router.post('/verify', requireJsonBody, ({ body }, response) => {
    response.json(verifyRequests(readVerification(body), listRequests(journal, facts())))
  })
  return router
}

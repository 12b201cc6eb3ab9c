import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCheck } from '../engine/run-check.ts'
import { openSession, type Session } from '../engine/session.ts'
import { ownDeployment } from '../vitest.deployment.ts'
import { pdfReader } from '../vitest.pdf-reader.ts'
import { allChecks } from './catalogue.ts'
import type { Mutation } from './check.ts'

let session: Session
beforeAll(async () => {
  const { baseUrl, profile } = ownDeployment()
  const tool = { name: 'altostrat-contract', version: 'test' }
  session = await openSession(profile, { baseUrl, tool, env: {}, pdfReader })
})
afterAll(() => session.context[Symbol.dispose]())

for (const check of allChecks)
  for (const mutation of check.mutations)
    test(`${check.id} fails where ${mutation.title}`, async () => {
      const { outcome, reason } = await runCheck(check, session, mutation)
      expect(outcome, reason).toBe('failed')
    })

test('documents that many ask for at once may come late: nothing shows that they are mixed up', async () => {
  const check = allChecks.find(({ id }) => id === 'SEQUENCE-002')!
  const late: Mutation = {
    title: 'the documents do not arrive in time',
    response: (response, { fresh }) =>
      fresh ? { ...response, body: response.body.subarray(0, 500), truncated: 'timeout' } : response,
  }
  const { outcome, reason } = await runCheck(check, session, late)
  expect({ outcome, reason }).toEqual({ outcome: 'cantTell', reason: expect.stringContaining('timeoutMs') })
})

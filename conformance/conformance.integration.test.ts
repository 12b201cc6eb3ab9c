import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from './catalogue/catalogue.ts'
import { preflight, recheckMember } from './engine/preflight.ts'
import { runCheck } from './engine/run-check.ts'
import { openSession, type Session } from './engine/session.ts'
import { deploymentUnderTest } from './vitest.deployment.ts'
import { pdfReader } from './vitest.pdf-reader.ts'

let session: Session

beforeAll(async () => {
  const { baseUrl, profile } = deploymentUnderTest()
  const tool = { name: 'altostrat-contract', version: 'test' }
  session = await openSession(profile, { baseUrl, tool, env: process.env, pdfReader })
  expect(await preflight(session), 'the deployment can be judged').toBeUndefined()
})

afterAll(async () => {
  expect(await recheckMember(session), 'the member is still accepted').toBeUndefined()
  session.context[Symbol.dispose]()
})

for (const { code, title, checks } of catalogue) {
  describe(`${code} ${title}`, () => {
    for (const check of checks) {
      test(`${check.id} ${check.level} ${check.title}`, async ({ skip, annotate }) => {
        const { outcome, reason } = await runCheck(check, session)
        if (outcome === 'skipped') skip(reason)
        if (outcome === 'failed' && check.level === 'advice')
          await annotate(session.redactor.text(reason), 'warning')
        else
          expect({ outcome, reason: session.redactor.text(reason) }).toEqual({
            outcome: 'passed',
            reason: '',
          })
      })
    }
  })
}

import assert from 'node:assert/strict'
import { type Answer, describe } from './answer.ts'

/** The statuses of a refusal for lack of credentials; 400 only where the request itself is malformed (RFC 6750 §3.1). */
export const unauthenticated = [401]

/** The answer's status is one of these. `what` completes "… is answered". */
export function assertStatus(answer: Answer, statuses: readonly number[], what: string): void {
  assert.ok(
    statuses.includes(answer.status),
    `${what} is answered ${describe(answer)}; expected ${statuses.join(' or ')}`,
  )
}

/** Refused, and without what was asked for: no body that is a PDF. */
export function assertRefused(answer: Answer, statuses: readonly number[], what: string): void {
  assertStatus(answer, statuses, what)
  assert.ok(!isPdf(answer), `${what} is answered ${answer.status}, but the body is a PDF`)
}

/** Whether the content is a PDF file, or begins as one after some stray bytes. */
export function isPdf({ body }: Pick<Answer, 'body'>): boolean {
  return body.subarray(0, 1024).includes('%PDF-')
}

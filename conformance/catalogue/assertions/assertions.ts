import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { type Answer, describe } from '../../http/response.ts'

/** Two values are the same. `what` names the first, as in "the media type". */
export function assertEqual<T>(actual: T, expected: T, what: string): void {
  assert.ok(Object.is(actual, expected), `${what} is ${inspect(actual)}; expected ${inspect(expected)}`)
}

/** A field's value follows its grammar. */
export function assertMatches(value: string, grammar: RegExp, field: string): void {
  assert.ok(grammar.test(value), `${field} cannot be read: ${value}`)
}

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

import assert from 'node:assert/strict'
import { inspect } from 'node:util'
import { readJsonBody } from '../../http/json-body.ts'
import { describeResponse, type ReceivedResponse } from '../../http/response.ts'
import { SetupError } from '../../setup-error.ts'

/** Two values are the same. `what` names the first, as in "the media type". */
export function assertEqual<T>(actual: T, expected: T, what: string): void {
  const found = actual === undefined ? 'missing' : inspect(actual)
  const wanted = expected === undefined ? 'none' : inspect(expected)
  assert.ok(Object.is(actual, expected), `${what} is ${found}; expected ${wanted}`)
}

/** The value of a header follows its grammar. */
export function assertMatches(value: string, grammar: RegExp, header: string): void {
  assert.ok(grammar.test(value), `${header} cannot be read: ${value}`)
}

/** The status is one of these. `what` completes "… is answered". */
export function assertStatus(response: ReceivedResponse, statuses: readonly number[], what: string): void {
  assert.ok(
    statuses.includes(response.status),
    `${what} is answered ${describeResponse(response)}; expected ${[...new Set(statuses)].join(' or ')}`,
  )
}

/** The status is one of these, and the body is no PDF. */
export function assertRefused(response: ReceivedResponse, statuses: readonly number[], what: string): void {
  assertStatus(response, statuses, what)
  assert.ok(!isPdf(response), `${what} is answered ${response.status}, but the body is a PDF`)
}

/** Whether the content is a PDF file, or begins as one after some stray bytes. */
export function isPdf({ body }: Pick<ReceivedResponse, 'body'>): boolean {
  return body.subarray(0, 1024).includes('%PDF-')
}

/** Whether a body is one JSON value (RFC 8259 §2). One that is too large to be read counts as such: nothing shows a fault. */
export function isJson(body: Buffer): boolean {
  try {
    return readJsonBody(body) !== undefined
  } catch (error) {
    if (error instanceof SetupError) return true
    throw error
  }
}

import { type Operation, responseFor } from '../../spec/operation.ts'
import { invalidToken } from '../authentication/challenge.ts'
import type { ApiResponse } from '../http/api-response.ts'
import { Problem, problemCodeFor } from '../http/problem.ts'
import { isUsageExample } from '../operations/usage-examples.ts'

/** What the `Prefer` header (RFC 7240) asks of the mock. */
export interface Preferences {
  /** The status to respond with. */
  code?: number | undefined
  /** The name of an example of the contract, or of a report example, to respond with. */
  example?: string | undefined
  /** Seconds to wait before responding. */
  wait?: number | undefined
}

const longestWait = 60

/** Reads a `Prefer` header. Unknown preferences are ignored; of repeated ones the first counts (RFC 7240 §2). */
export function readPreferences(header: string | undefined): Preferences {
  const preferences: Preferences = {}
  if (!header) return preferences
  for (const [item] of header.matchAll(listItem)) {
    const [preference = ''] = withoutParameters.exec(item) ?? []
    const [, name = '', assigned = ''] = /^([^=]*)(?:=(.*))?$/s.exec(preference) ?? []
    const [plain = '', quoted] = /^(?:"([^"]*)"|[^\s"]*)/.exec(assigned.trim()) ?? []
    const text = quoted ?? plain
    const value = Number.parseFloat(text)
    const key = name.trim().toLowerCase()
    if (key === 'example' && text !== '') preferences.example ??= text
    if (key === 'code' && Number.isInteger(value)) preferences.code ??= value
    if (key === 'wait' && value >= 0) preferences.wait ??= Math.min(value, longestWait)
  }
  return preferences
}

// A list is separated by commas, a preference from its parameters by semicolons; neither counts within quotes.
const listItem = /(?:"[^"]*"|[^",])+/g
const withoutParameters = /^(?:"[^"]*"|[^";])*/

/** The same preferences, without a status or an example that the operation does not document. */
export function knownPreferences(operation: Operation, { code, example, wait }: Preferences): Preferences {
  const { operationId, responses } = operation
  const isKnown =
    example !== undefined &&
    (isUsageExample(operationId, example) || responses.some(({ examples }) => examples.includes(example)))
  return {
    wait,
    ...(code !== undefined && responseFor(operation, code) && { code }),
    ...(isKnown && { example }),
  }
}

/** Throws the problem of the preferred status if the operation documents one; otherwise does nothing. */
export function assertNotPreferred(operation: Operation, { code }: Preferences): void {
  if (code === undefined) return
  const problem = documentedProblem(
    operation,
    code,
    `Answered ${code} because the Prefer header asks for it.`,
  )
  if (problem) throw problem
}

/** Whether the request prefers another documented 2xx status than that of the response. */
export function prefersOtherSuccess(
  { responses }: Operation,
  { status: own }: ApiResponse,
  { code = own }: Preferences,
): boolean {
  return code !== own && code < 300 && responses.some(({ status }) => status === code)
}

/** The problem to respond with for a status; undefined if the operation does not document it. */
export function documentedProblem(operation: Operation, status: number, detail: string): Problem | undefined {
  const documented = responseFor(operation, status)
  // The contract names the examples of problems after their codes.
  const code = documented && problemCodeFor(status, documented.examples)
  return code === 'unauthorized' ? invalidToken(detail) : code && new Problem(code, detail)
}

/** Adds `Preference-Applied` with the preferences that the response honours (RFC 7240 §3). */
export function nameApplied(response: ApiResponse, { code, example, wait }: Preferences): ApiResponse {
  const applied = [
    ...(code === response.status ? [`code=${code}`] : []),
    ...(example === undefined ? [] : [`example=${example}`]),
    ...(wait === undefined ? [] : [`wait=${wait}`]),
  ]
  if (applied.length === 0) return response
  return {
    ...response,
    headers: { ...response.headers, 'Preference-Applied': applied.join(', '), Vary: 'Prefer' },
  }
}

import type { Operation } from '../../spec/operation.ts'
import { invalidToken } from '../authentication/challenge.ts'
import type { ApiResponse } from '../http/api-response.ts'
import { Problem, problemCodeFor } from '../http/problem.ts'
import { isUsageExample } from '../operations/usage-examples.ts'

/** What the `Prefer` field (RFC 7240) asks of the mock. */
export interface Preferences {
  /** A status to answer with. */
  code?: number | undefined
  /** An example of the contract, or a named report, to answer with. */
  example?: string | undefined
  /** Seconds to wait before the answer. */
  wait?: number | undefined
}

const longestWait = 60

/** Reads the preferences that we know. Others are ignored, and of repeated ones the first counts (RFC 7240 §2). */
export function readPreferences(field: string | undefined): Preferences {
  const preferences: Preferences = {}
  for (const [, name = '', , quoted, plain] of (field ?? '').matchAll(preference)) {
    const text = quoted ?? plain ?? ''
    const value = Number.parseFloat(text)
    const key = name.toLowerCase()
    if (key === 'example' && text !== '') preferences.example ??= text
    if (key === 'code' && Number.isInteger(value)) preferences.code ??= value
    if (key === 'wait' && value >= 0) preferences.wait ??= Math.min(value, longestWait)
  }
  return preferences
}

// One preference with its parameters, which none of ours has: `code=404; x="a, b"`.
const preference = /(?:^|,)\s*([\w-]+)(\s*=\s*(?:"([^"]*)"|([^\s;,"]*)))?(?:\s*;(?:"[^"]*"|[^,"])*)?/g

/** The preferences without an example that the operation does not have. */
export function knownPreferences(operation: Operation, { example, ...rest }: Preferences): Preferences {
  const { operationId, responses } = operation
  const isKnown =
    example !== undefined &&
    (isUsageExample(operationId, example) || responses.some(({ examples }) => examples.includes(example)))
  return isKnown ? { ...rest, example } : rest
}

/** Throws the preferred problem if the operation documents its status; any other preference is left unapplied. */
export function assertNotPreferred(operation: Operation, { code }: Preferences): void {
  if (code === undefined) return
  const problem = documentedProblem(operation, code, `Answered ${code} because the request prefers it.`)
  if (problem) throw problem
}

/** Whether an operation that can succeed in more than one way is preferred to in another than it has. */
export function prefersOtherSuccess(
  { responses }: Operation,
  { status: given }: ApiResponse,
  { code = given }: Preferences,
): boolean {
  return code !== given && code < 300 && responses.some(({ status }) => status === code)
}

/** The problem of a status, if the operation documents one. */
export function documentedProblem(
  { responses }: Operation,
  status: number,
  detail: string,
): Problem | undefined {
  const documented = responses.find((response) => response.status === status)
  // The contract names the examples of problems after their codes.
  const code = documented && problemCodeFor(status, documented.examples)
  return code === 'unauthorized' ? invalidToken(detail) : code && new Problem(code, detail)
}

/** Says which preferences the answer honours (RFC 7240 §3). */
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

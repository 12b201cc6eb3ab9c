import type { Operation } from '../spec/operation.ts'
import type { Answer } from './answer.ts'
import { invalidToken } from './authentication/challenge.ts'
import { codeOfStatus, Problem } from './problem.ts'

/** What the `Prefer` field (RFC 7240) asks of the mock. */
export interface Preferences {
  /** A status to answer with. */
  code?: number
  /** Seconds to wait before the answer. */
  wait?: number
}

const longestWait = 60

/** Reads the preferences that we know. Others are ignored, and of repeated ones the first counts (RFC 7240 §2). */
export function readPreferences(field: string | undefined): Preferences {
  const preferences: Preferences = {}
  for (const [, name = '', , quoted, plain] of (field ?? '').matchAll(preference)) {
    const value = Number.parseFloat(quoted ?? plain ?? '')
    const key = name.toLowerCase()
    if (key === 'code' && Number.isInteger(value)) preferences.code ??= value
    if (key === 'wait' && value >= 0) preferences.wait ??= Math.min(value, longestWait)
  }
  return preferences
}

// One preference with its parameters, which none of ours has: `code=404; x="a, b"`.
const preference = /(?:^|,)\s*([\w-]+)(\s*=\s*(?:"([^"]*)"|([^\s;,"]*)))?(?:\s*;(?:"[^"]*"|[^,"])*)?/g

/** Throws the preferred problem if the operation documents its status; any other preference is left unapplied. */
export function assertNotPreferred({ answers }: Operation, { code }: Preferences): void {
  if (code === undefined || !answers.some(({ status }) => status === code)) return
  const problem = codeOfStatus(code)
  if (!problem) return
  const detail = `Answered ${code} because the request prefers it.`
  throw problem === 'unauthorized' ? invalidToken(detail) : new Problem(problem, detail)
}

/** Says which preferences the answer honours (RFC 7240 §3). */
export function nameApplied(answer: Answer, { code, wait }: Preferences): Answer {
  const applied = [
    ...(code === answer.status ? [`code=${code}`] : []),
    ...(wait === undefined ? [] : [`wait=${wait}`]),
  ]
  if (applied.length === 0) return answer
  return {
    ...answer,
    headers: { ...answer.headers, 'Preference-Applied': applied.join(', '), Vary: 'Prefer' },
  }
}

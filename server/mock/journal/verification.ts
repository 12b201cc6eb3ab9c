import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { explainUnknownName, type KnownNames } from '../known-names.ts'
import type { JournalEntry } from './entry.ts'

/** The full text, a part of it, or its absence. */
export type TextMatcher = string | { contains: string } | { absent: true }

/**
 * What a request must look like; what is left out is not compared.
 *
 * @example
 * ```ts
 * import type { RequestPattern } from 'altostrat-contract'
 *
 * const pattern: RequestPattern = { operation: 'createOrganization', body: { name: 'Europe' } }
 * ```
 */
export interface RequestPattern {
  method?: string
  operation?: string
  persona?: string
  scenario?: string
  status?: number
  /** Whether the client closed the connection before the response was complete. */
  cancelled?: boolean
  path?: TextMatcher
  query?: Record<string, TextMatcher>
  /** Names in any case. */
  headers?: Record<string, TextMatcher>
  /** Objects may have more properties than the pattern; arrays must have as many items. */
  body?: unknown
}

/**
 * "Was called with": how many requests must match. Default: at least one.
 *
 * @example
 * ```ts
 * import type { Verification } from 'altostrat-contract'
 *
 * const once: Verification = { path: { contains: 'usage.pdf' }, headers: { range: { absent: true } }, exactly: 1 }
 * ```
 */
export interface Verification extends RequestPattern {
  exactly?: number
  atLeast?: number
  atMost?: number
}

/**
 * Whether the expected number of requests was received.
 *
 * @example
 * ```ts
 * import type { VerificationResult } from 'altostrat-contract'
 *
 * function assertVerified({ verified, expected, count }: VerificationResult) {
 *   if (!verified) throw new Error(`expected ${expected}, got ${count}`)
 * }
 * ```
 */
export interface VerificationResult {
  verified: boolean
  /** The expected count, as text: `at least 1`. */
  expected: string
  count: number
  /** Ids of the requests that match. */
  matching: number[]
  /** Where it is not verified: up to 3 requests that come nearest, and how they differ. */
  nearMisses: { id: number; request: string; differences: string[] }[]
  /** How many requests Redis did not take while it was out of reach, and so are not counted; absent where there are none. */
  missing?: number
}

const textMatcher = {
  anyOf: [
    { type: 'string' },
    {
      type: 'object',
      properties: { contains: { type: 'string' } },
      required: ['contains'],
      additionalProperties: false,
    },
    {
      type: 'object',
      properties: { absent: { const: true } },
      required: ['absent'],
      additionalProperties: false,
    },
  ],
}
const textMatchers = { type: 'object', additionalProperties: textMatcher }
const name = { type: 'string' }
const count = { type: 'integer', minimum: 0 }
const properties = {
  ...{ method: name, operation: name, persona: name, scenario: name, status: { type: 'integer' } },
  cancelled: { type: 'boolean' },
  ...{ path: textMatcher, query: textMatchers, headers: textMatchers, body: {} },
  ...{ exactly: count, atLeast: count, atMost: count },
}

const readShape = createShapeReader<Verification>('The verification cannot be read', {
  type: 'object',
  properties,
  additionalProperties: false,
})

/**
 * Reads the body of `POST /_mock/requests/verify`. Throws the problem `bad_request`, also where no request could ever
 * match: a misspelt name with `exactly: 0` would be verified for good.
 */
export function readVerification(value: unknown, known: KnownNames): Verification {
  const verification = readShape(value)
  const obstacle = explainUnknownName(verification, known) ?? explainContradiction(verification)
  if (obstacle) throw new Problem('bad_request', `The verification cannot be read: ${obstacle}.`)
  return verification
}

function explainContradiction({ exactly, atLeast, atMost }: Verification): string | undefined {
  if (exactly !== undefined && (atLeast ?? atMost) !== undefined)
    return 'exactly stands beside atLeast or atMost'
  if ((atLeast ?? 0) > (atMost ?? Number.POSITIVE_INFINITY))
    return `atLeast is ${atLeast}, more than atMost, ${atMost}`
  return undefined
}

const mostNearMisses = 3

/** Counts the entries that match the pattern, and lists near misses where their number is not the expected one. */
export function verifyRequests(
  { exactly, atLeast = exactly ?? 1, atMost = exactly ?? Number.POSITIVE_INFINITY, ...pattern }: Verification,
  entries: readonly JournalEntry[],
  missing: number,
): VerificationResult {
  const { method, operation, path } = pattern
  const call = { ...(method && { method }), ...(operation && { operation }), ...(path && { path }) }
  const compared = entries.map((entry) => {
    const differences = findDifferences(pattern, entry)
    // A request to another operation is less similar than one to the same operation with another body.
    return { entry, differences, distance: differences.length + 3 * findDifferences(call, entry).length }
  })
  const matching = compared.filter(({ differences }) => differences.length === 0)
  const verified = matching.length >= atLeast && matching.length <= atMost
  const near = compared
    .filter(({ differences }) => differences.length > 0)
    .sort((one, other) => one.distance - other.distance || other.entry.id - one.entry.id)
    .slice(0, verified ? 0 : mostNearMisses)
  return {
    verified,
    expected: describeCount(atLeast, atMost),
    count: matching.length,
    matching: matching.map(({ entry }) => entry.id),
    nearMisses: near.map(({ entry: { id, method, path }, differences }) => ({
      id,
      request: `${method} ${path}`,
      differences,
    })),
    ...(missing > 0 && { missing }),
  }
}

/** How a request differs from the pattern; empty where it matches. */
export function findDifferences(pattern: RequestPattern, entry: JournalEntry): string[] {
  const { path, query = {}, headers = {}, body, method, cancelled, ...exact } = pattern
  const differences = Object.entries({ ...exact, ...(method && { method: method.toUpperCase() }) })
    .filter(([key, wanted]) => wanted !== undefined && entry[key as keyof JournalEntry] !== wanted)
    .map(([key, wanted]) => `${key} is ${entry[key as keyof JournalEntry] ?? 'absent'}, not ${wanted}`)
  if (cancelled !== undefined && cancelled !== (entry.cancelled ?? false)) {
    differences.push(`it was ${cancelled ? 'not ' : ''}cancelled by the client`)
  }
  const compare = (place: string, wanted: TextMatcher, found: string | undefined) => {
    const difference = compareText(wanted, found)
    if (difference) differences.push(`${place} ${difference}`)
  }
  if (path !== undefined) compare('path', path, entry.path)
  for (const [key, wanted] of Object.entries(query)) compare(`query ${key}`, wanted, entry.query[key])
  for (const [key, wanted] of Object.entries(headers)) {
    compare(`header ${key}`, wanted, entry.headers[key.toLowerCase()])
  }
  if (body !== undefined) differences.push(...compareBody('body', body, entry.body))
  return differences
}

function compareText(wanted: TextMatcher, found: string | undefined): string | undefined {
  const is = found === undefined ? 'is absent' : `is ${JSON.stringify(found)}`
  if (typeof wanted === 'string') return found === wanted ? undefined : `${is}, not ${JSON.stringify(wanted)}`
  if ('absent' in wanted) return found === undefined ? undefined : `${is}, not absent`
  if (found?.includes(wanted.contains)) return undefined
  return `${is}, without ${JSON.stringify(wanted.contains)}`
}

function compareBody(place: string, wanted: unknown, found: unknown): string[] {
  const isSameKind = Array.isArray(wanted) === Array.isArray(found) && typeof wanted === typeof found
  if (typeof wanted !== 'object' || wanted === null || !isSameKind || found === null) {
    return wanted === found
      ? []
      : [`${place} is ${JSON.stringify(found) ?? 'absent'}, not ${JSON.stringify(wanted)}`]
  }
  if (Array.isArray(wanted) && wanted.length !== (found as unknown[]).length) {
    return [`${place} has ${(found as unknown[]).length} items, not ${wanted.length}`]
  }
  return Object.entries(wanted).flatMap(([key, value]) =>
    compareBody(`${place}.${key}`, value, (found as Record<string, unknown>)[key]),
  )
}

function describeCount(atLeast: number, atMost: number): string {
  if (atLeast === atMost) return `exactly ${atLeast}`
  return atMost === Number.POSITIVE_INFINITY ? `at least ${atLeast}` : `${atLeast} to ${atMost}`
}

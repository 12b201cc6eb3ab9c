import { writeFileSync } from 'node:fs'
import { readBoundedText } from '../../spec/bounded-file.ts'
import type { CheckId } from '../catalogue/check.ts'
import type { CheckResult } from '../results/report.ts'

/** A failure that is known and ticketed: the check still runs, but its failing does not count. */
export interface KnownFailure {
  id: CheckId
  reason: string
  /** The day it was first written down, YYYY-MM-DD. */
  since: string
}

/** The baseline cannot be used. The message names file, entry and reason. */
export class BaselineError extends Error {
  override name = 'BaselineError'
}

/** Reads a baseline; `known` are the ids that exist. Throws {@link BaselineError}. */
export function readBaseline(file: string, known: ReadonlySet<string>): KnownFailure[] {
  let entries: unknown
  try {
    entries = JSON.parse(readBoundedText(file, 2 ** 20))
  } catch (error) {
    throw new BaselineError(`${file}: ${(error as Error).message}`)
  }
  if (!Array.isArray(entries)) throw new BaselineError(`${file}: not an array of { id, reason, since }`)
  for (const [index, entry] of entries.entries()) {
    for (const key of ['id', 'reason', 'since'])
      if (typeof entry?.[key] !== 'string')
        throw new BaselineError(`${file}: [${index}].${key} is not a string`)
    if (!known.has(entry.id)) throw new BaselineError(`${file}: [${index}].id: there is no check ${entry.id}`)
  }
  return entries as KnownFailure[]
}

/** A failed check that is listed becomes `known`; a listed check that passed is stale. */
export function applyBaseline(results: CheckResult[], baseline: KnownFailure[]): CheckResult[] {
  const known = new Map(baseline.map((entry) => [entry.id, entry]))
  return results.map((result) => {
    const entry = known.get(result.id)
    if (entry && result.outcome === 'failed')
      return {
        ...result,
        outcome: 'known',
        reason: `${result.reason} (known since ${entry.since}: ${entry.reason})`,
      }
    if (entry && result.outcome === 'passed') return { ...result, isStale: true }
    return result
  })
}

/** The baseline that makes these results count as known; reasons and days already given are kept. */
export function updateBaseline(
  results: CheckResult[],
  previous: KnownFailure[],
  today: string,
): KnownFailure[] {
  const known = new Map(previous.map((entry) => [entry.id, entry]))
  return results.flatMap(({ id, outcome, reason, isStale }) => {
    if (isStale) return []
    const entry = known.get(id)
    if (entry) return [entry]
    return outcome === 'failed' ? [{ id, reason, since: today }] : []
  })
}

/** Writes a baseline as {@link readBaseline} reads it. */
export function writeBaseline(file: string, known: KnownFailure[]): void {
  writeFileSync(file, `${JSON.stringify(known, null, 2)}\n`)
}

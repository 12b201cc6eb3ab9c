import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { ContractError, lineOf } from '../contract-error.ts'
import { readContractText } from '../contract-text.ts'
import { parseYaml } from '../yaml.ts'
import type { Change } from './change.ts'
import { matchesPattern } from './pattern.ts'

/** A breaking or risky change that is accepted until the end of a day. */
export interface AcceptedChange {
  /** The rule's id, as in {@link Change}, or a pattern ({@link matchesPattern}). */
  change: string
  /** The place, as reports name it, or a pattern. */
  place: string
  reason: string
  /** `YYYY-MM-DD`, the last day on which it counts. */
  expires: string
}

/** A change as reports name it: `place` is stable under reordering, `pointer` the place in the document. */
export type PlacedChange = Change & { pointer?: string }

export interface AcceptedChanges<C extends PlacedChange> {
  accepted: { change: C; entry: AcceptedChange }[]
  /** Changes without a valid acceptance. */
  open: C[]
  /** Entries past their last day, whether or not they match a change. */
  expired: AcceptedChange[]
  /** Entries that match no change and can be deleted. */
  stale: AcceptedChange[]
}

/** Matches changes with acceptances; `today` is `YYYY-MM-DD`. Harmless changes need none and stay open. */
export function applyAccepted<C extends PlacedChange>(
  changes: C[],
  entries: AcceptedChange[],
  today: string,
): AcceptedChanges<C> {
  const expired = entries.filter(({ expires }) => expires < today)
  const valid = entries.filter((entry) => !expired.includes(entry))
  const fits = ({ id, verdict, place, pointer = place }: C, entry: AcceptedChange) =>
    verdict !== 'harmless' &&
    matchesPattern(entry.change, id) &&
    (matchesPattern(entry.place, place) || entry.place === pointer)
  const entryFor = (change: C) => valid.find((entry) => fits(change, entry))
  return {
    accepted: changes.flatMap((change) => {
      const entry = entryFor(change)
      return entry ? [{ change, entry }] : []
    }),
    open: changes.filter((change) => !entryFor(change)),
    expired,
    stale: valid.filter((entry) => !changes.some((change) => fits(change, entry))),
  }
}

const listSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['change', 'place', 'reason', 'expires'],
    additionalProperties: false,
    properties: {
      change: { type: 'string', minLength: 1 },
      place: { type: 'string', pattern: '^/' },
      reason: { type: 'string', pattern: '\\S' },
      expires: { type: 'string', format: 'date' },
    },
  },
}

/** Reads a file of accepted changes, JSON or YAML. Throws {@link ContractError} with file, line and rule. */
export function readAccepted(file: string): AcceptedChange[] {
  const source = readContractText(file)
  const entries = parseYaml(file, source)
  const isAcceptedList = addFormats.default(new Ajv()).compile<AcceptedChange[]>(listSchema)
  // Reports prefix the rule, as in `change/operation-removed`.
  if (isAcceptedList(entries))
    return entries.map((entry) => ({ ...entry, change: entry.change.replace(/^change\//, '') }))
  const { instancePath = '', message = '' } = isAcceptedList.errors?.[0] ?? {}
  throw new ContractError(file, lineOf(source, instancePath), `${instancePath || '/'} ${message}`)
}

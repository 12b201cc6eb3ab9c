import { type AcceptedChange, applyAccepted } from '../../spec/compatibility/accepted.ts'
import type { Change } from '../../spec/compatibility/change.ts'
import { compareContracts } from '../../spec/compatibility/compare.ts'
import type { ReadContract } from '../../spec/compatibility/read-contract.ts'
import { runGateCheck } from '../check.ts'
import { type GateFinding, type JudgedChange, type Part, partOf } from '../report.ts'

export interface CompatibilityInputs {
  contract: ReadContract
  /** Names the contract in places. */
  file: string
  base: ReadContract
  /** The file of accepted changes and what it says. */
  accept?: { file: string; entries: AcceptedChange[] }
  /** `YYYY-MM-DD` */
  today: string
}

/** Part 2: what changed since the base. A break that nobody accepted, or nobody any more, fails. */
export async function compatibilityPart(
  inputs: CompatibilityInputs,
): Promise<{ part: Part; changes: JudgedChange[] }> {
  const start = performance.now()
  let changes: JudgedChange[] = []
  const compared = await runGateCheck('changes', `No change since ${inputs.base.file} breaks anybody`, () => {
    const judged = judge(inputs)
    changes = judged.changes
    return { examined: inputs.base.operations.length, findings: judged.findings }
  })
  const summary = `${countByVerdict(changes)} since ${inputs.base.file}`
  return { part: partOf('compatibility', summary, [compared], performance.now() - start), changes }
}

function judge({ contract, file, base, accept, today }: CompatibilityInputs) {
  const all = compareContracts(base.openapi, contract.openapi)
  const { accepted, expired, stale } = applyAccepted(all, accept?.entries ?? [], today)
  const changes = all.map((change) => {
    const entry = accepted.find((one) => one.change === change)?.entry
    const line = contract.lineOf(placeNow(change))
    return {
      ...change,
      ...(line && { line }),
      ...(entry && { accepted: { reason: entry.reason, expires: entry.expires } }),
    }
  })
  const aboutEntries = [
    ...expired.map((entry) => aboutEntry(entry, `expired on ${entry.expires}`)),
    ...stale.map((entry) => aboutEntry(entry, 'fits no change any more; delete it')),
  ].map((finding) => ({ ...finding, ...(accept && { place: { file: accept.file } }) }))
  return { changes, findings: [...changes.map((change) => findingOf(change, file)), ...aboutEntries] }
}

/** What is gone is reported where it would stand now: at what used to hold it, where a list has others in its place. */
const placeNow = ({ place, placeIn }: Change) => (placeIn === 'base' ? place.replace(/\/\d+$/, '') : place)

const severities = { breaking: 'error', risky: 'warning', harmless: 'note' } as const

function findingOf({ id, place, verdict, message, line, accepted }: JudgedChange, file: string): GateFinding {
  return {
    rule: `change/${id}`,
    severity: accepted ? 'note' : severities[verdict],
    message: `${verdict}: ${message}`,
    place: { file, ...(line && { line }) },
    pointer: place,
    ...(accepted && { accepted: `${accepted.reason} (until ${accepted.expires})` }),
  }
}

const aboutEntry = ({ change, place, reason }: AcceptedChange, what: string): GateFinding => ({
  rule: 'accepted-change',
  severity: 'warning',
  message: `The acceptance of ${change} at ${place} (${reason}) ${what}`,
})

function countByVerdict(changes: JudgedChange[]): string {
  if (changes.length === 0) return 'no change'
  const count = (verdict: string) =>
    changes.filter((change) => change.verdict === verdict && !change.accepted).length
  const accepted = changes.filter((change) => change.accepted).length
  return `${count('breaking')} breaking, ${count('risky')} risky, ${count('harmless')} harmless changes${accepted ? ` and ${accepted} accepted` : ''}`
}

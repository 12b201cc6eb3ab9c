import { type AcceptedChange, applyAccepted } from '../../spec/compatibility/accepted.ts'
import type { Change, Impact } from '../../spec/compatibility/change.ts'
import { compareContracts } from '../../spec/compatibility/compare.ts'
import type { ReadContract } from '../../spec/compatibility/read-contract.ts'
import type { GateChange, GateFinding, Part } from '../gate-report.ts'
import type { UnusableBase } from '../inputs.ts'
import { runGateCheck } from '../run-check.ts'
import { partOf, skippedPart } from '../verdict.ts'

export interface CompatibilityInputs {
  contract: ReadContract
  /** Names the contract in places. */
  file: string
  base: ReadContract | UnusableBase
  /** The file of accepted changes and what it says. */
  accept?: { file: string; entries: AcceptedChange[] }
  /** `YYYY-MM-DD` */
  today: string
}

/** Part 2: what changed since the base. A breaking change fails unless its acceptance is still valid. */
export async function compatibilityPart(
  inputs: CompatibilityInputs,
): Promise<{ part: Part; changes: GateChange[] }> {
  const start = performance.now()
  const { base } = inputs
  if ('unusable' in base) return { part: uncompared(base), changes: [] }
  let changes: GateChange[] = []
  const compared = await runGateCheck('changes', titleFor(base), () => {
    const judged = judge(inputs, base)
    changes = judged.changes
    return { examined: base.operations.length, findings: judged.findings }
  })
  const summary = `${countByImpact(changes)} since ${base.file}`
  return { part: partOf('compatibility', summary, [compared], performance.now() - start), changes }
}

const titleFor = ({ file }: { file: string }) => `No change since ${file} breaks anybody`

/** Told as a warning, so that a base that is never found does not stay unnoticed. */
function uncompared(base: UnusableBase): Part {
  const reason = `not compared, the base cannot be used: ${base.file}: ${base.unusable}`
  const findings = [{ rule: 'unusable-base', severity: 'warning' as const, message: reason }]
  const changes = { id: 'changes', title: titleFor(base), reason, examined: 0, decides: true, findings }
  return { ...skippedPart('compatibility', reason), checks: [{ ...changes, outcome: 'skipped' }] }
}

function judge({ contract, file, accept, today }: CompatibilityInputs, base: ReadContract) {
  const all = compareContracts(base.openapi, contract.openapi)
  const { accepted, expired, stale } = applyAccepted(all, accept?.entries ?? [], today)
  const changes = all.map((change) => {
    const entry = accepted.find((one) => one.change === change)?.entry
    const line = contract.lineOf(placeInContract(change))
    return {
      ...change,
      ...(line && { line }),
      ...(entry && { accepted: { reason: entry.reason, expires: entry.expires } }),
    }
  })
  const aboutEntries = [
    ...expired.map((entry) => aboutEntry(entry, `expired on ${entry.expires}`)),
    ...stale.map((entry) => aboutEntry(entry, 'matches no change; delete it')),
  ].map((finding) => ({ ...finding, ...(accept && { place: { file: accept.file } }) }))
  return { changes, findings: [...changes.map((change) => findingOf(change, file)), ...aboutEntries] }
}

/** Something removed is placed at what contained it: another item of a list has its index now. */
const placeInContract = ({ place, placeIn }: Change) =>
  placeIn === 'base' ? place.replace(/\/\d+$/, '') : place

const severities: Record<Impact, GateFinding['severity']> = {
  breaking: 'error',
  risky: 'warning',
  harmless: 'note',
}

function findingOf({ id, place, verdict, message, line, accepted }: GateChange, file: string): GateFinding {
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

function countByImpact(changes: GateChange[]): string {
  if (changes.length === 0) return 'no change'
  const count = (impact: Impact) =>
    changes.filter((change) => change.verdict === impact && !change.accepted).length
  const accepted = changes.filter((change) => change.accepted).length
  return `${count('breaking')} breaking, ${count('risky')} risky, ${count('harmless')} harmless changes${accepted ? ` and ${accepted} accepted` : ''}`
}

import type { Sandbox } from '../../conformance/pdf/sandbox/sandbox.ts'
import { type AcceptedChange, applyAccepted } from '../../spec/compatibility/accepted.ts'
import { type Change, type Impact, impacts, worstImpact } from '../../spec/compatibility/change.ts'
import { applyLifecycle } from '../../spec/compatibility/lifecycle.ts'
import { applySeverity, type SeverityOverride } from '../../spec/compatibility/severity.ts'
import { stablePlace } from '../../spec/compatibility/stable-place.ts'
import type { ContractDocument } from '../../spec/contract-document.ts'
import { counted } from '../../spec/counted.ts'
import type { FailingImpact } from '../fail-on.ts'
import type { GateChange, GateFinding, Part } from '../gate-report.ts'
import type { UnusableBase } from '../inputs.ts'
import { placeInContract } from '../place-in-contract.ts'
import { runGateCheck } from '../run-check.ts'
import { partOf, skippedPart } from '../verdict.ts'
import { changesBetween } from './compatibility/changes-between.ts'

export interface CompatibilityInputs {
  contract: ContractDocument
  /** Names the contract in places. */
  file: string
  base: ContractDocument | UnusableBase
  /** The file of accepted changes and what it says. */
  accept?: { file: string; entries: AcceptedChange[] }
  severity?: SeverityOverride[]
  /** The mildest change that fails. */
  failOn: FailingImpact
  /** `YYYY-MM-DD` */
  today: string
  /** Where the contracts are compared within limits. */
  sandbox: Sandbox
}

/** Part 2: what changed since the base. A breaking change fails unless its acceptance is still valid. */
export async function compatibilityPart(
  inputs: CompatibilityInputs,
): Promise<{ part: Part; changes: GateChange[] }> {
  const start = performance.now()
  const { base } = inputs
  if ('unusable' in base) return { part: uncompared(base), changes: [] }
  let changes: GateChange[] = []
  const compared = await runGateCheck('changes', titleFor(base), async () => {
    const found = await changesBetween(base, inputs.contract, inputs.sandbox)
    if ('cantTell' in found) return found
    const judged = judge(inputs, base, found.value)
    changes = judged.changes
    return { examined: base.operations.length, findings: judged.findings }
  })
  const summary =
    compared.outcome === 'cantTell' ? `not compared with ${base.file}` : summaryOf(changes, base.file)
  return { part: partOf('compatibility', summary, [compared], performance.now() - start), changes }
}

const titleFor = ({ file }: { file: string }) => `No change since ${file} breaks anybody`

/** Told as a warning, so that a base that is never found does not stay unnoticed. */
function uncompared(base: UnusableBase): Part {
  const reason = `the base ${base.file} cannot be used: ${base.unusable}`
  const findings = [{ rule: 'unusable-base', severity: 'warning' as const, message: reason }]
  const changes = { id: 'changes', title: titleFor(base), reason, examined: 0, decides: true, findings }
  return { ...skippedPart('compatibility', reason), checks: [{ ...changes, outcome: 'skipped' }] }
}

function judge(inputs: CompatibilityInputs, base: ContractDocument, detected: Change[]) {
  const { contract, file, accept, severity = [], failOn, today } = inputs
  const documents = { base: base.openapi, head: contract.openapi }
  const found = applyLifecycle(detected, documents, today)
  const all = applySeverity(found, severity).map((change) => ({
    ...change,
    place: stablePlace(documents[change.placeIn], change.place),
    pointer: change.place,
  }))
  const { accepted, expired, stale } = applyAccepted(all, accept?.entries ?? [], today)
  const changes = all.map((change): GateChange => {
    const entry = accepted.find((one) => one.change === change)?.entry
    const { pointer: _, ...told } = change
    return {
      ...told,
      ...placeInContract(contract, file, pointerInContract(change)),
      ...(entry && { accepted: { reason: entry.reason, expires: entry.expires } }),
    }
  })
  const aboutEntries = [
    ...expired.map((entry) => aboutEntry(entry, `expired on ${entry.expires}`)),
    ...stale.map((entry) => aboutEntry(entry, 'matches no change; delete it')),
  ].map((finding) => ({ ...finding, ...(accept && { place: { file: accept.file } }) }))
  return { changes, findings: [...changes.map((change) => findingOf(change, failOn)), ...aboutEntries] }
}

/** Something removed is placed at what contained it: another item of a list has its index now. */
const pointerInContract = ({ pointer, placeIn }: Pick<Change, 'placeIn'> & { pointer: string }) =>
  placeIn === 'base' ? pointer.replace(/\/\d+$/, '') : pointer

function findingOf(change: GateChange, failOn: FailingImpact): GateFinding {
  const { id, place, verdict, usual, message, file, line, accepted } = change
  const fails = worstImpact(verdict, failOn) === verdict
  return {
    rule: `change/${id}`,
    severity: accepted || verdict === 'harmless' ? 'note' : fails ? 'error' : 'warning',
    message: `${verdict}${usual ? ` (usually ${usual})` : ''}: ${message}`,
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

function summaryOf(changes: GateChange[], base: string): string {
  if (changes.length === 0) return `no change since ${base}`
  const count = (impact: Impact) =>
    changes.filter((change) => change.verdict === impact && !change.accepted).length
  const accepted = changes.filter((change) => change.accepted).length
  const counts = [
    ...impacts.map((impact) => `${count(impact)} ${impact}`),
    accepted && `${accepted} accepted`,
  ]
  return `${counted(changes.length, 'change')} since ${base}: ${counts.filter(Boolean).join(', ')}`
}

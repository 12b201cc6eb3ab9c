import { createHash } from 'node:crypto'
import type { GateFinding, GateReport } from '../gate-report.ts'
import { findingsOf } from '../verdict.ts'

/** GitLab's code quality report: errors and warnings that are not accepted, shown at their lines in a merge request. */
export function codequality(report: GateReport): string {
  const findings = findingsOf(report).filter(({ severity, accepted }) => severity !== 'note' && !accepted)
  return `${JSON.stringify(
    findings.map((finding) => issueOf(finding, report.contract.file)),
    null,
    2,
  )}\n`
}

const severities = { error: 'critical', warning: 'minor', note: 'info' } as const

function issueOf({ rule, severity, message, place, pointer = '' }: GateFinding, contract: string) {
  const { file, line } = place ?? { file: contract }
  return {
    description: message,
    check_name: rule,
    // Without the line, which other edits move.
    fingerprint: createHash('sha256').update([rule, file, pointer, message].join('\n')).digest('hex'),
    severity: severities[severity],
    location: { path: file, lines: { begin: line ?? 1 } },
  }
}

import { fingerprintOf } from '../fingerprint.ts'
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

function issueOf(finding: GateFinding, contract: string) {
  const { rule, severity, message, place } = finding
  const { file, line } = place ?? { file: contract }
  return {
    description: message,
    check_name: rule,
    fingerprint: fingerprintOf(finding, contract),
    severity: severities[severity],
    location: { path: file, lines: { begin: line ?? 1 } },
  }
}

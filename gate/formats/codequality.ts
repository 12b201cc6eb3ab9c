import { createHash } from 'node:crypto'
import type { GateFinding, GateReport } from '../gate-report.ts'
import { findingsOf } from '../verdict.ts'

/** GitLab's code quality report, which it shows beside the lines of a merge request: every open error and warning. */
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
    // Lines move; what a finding is about stays.
    fingerprint: createHash('sha256').update([rule, file, pointer, message].join('\n')).digest('hex'),
    severity: severities[severity],
    location: { path: file, lines: { begin: line ?? 1 } },
  }
}

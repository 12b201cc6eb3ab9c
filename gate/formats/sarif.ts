import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprintOf } from '../fingerprint.ts'
import type { GateFinding, GateReport, Place } from '../gate-report.ts'
import { exitCodes, findingsOf } from '../verdict.ts'

/** GitHub's code scanning accepts no more results per run. */
const most = 5000

/** SARIF 2.1.0: errors and warnings at their lines; accepted findings as suppressed results. */
export function sarif(report: GateReport): string {
  const findings = findingsOf(report)
    .filter(({ severity, accepted }) => severity !== 'note' || accepted)
    .slice(0, most)
  const rules = [...new Set(findings.map(({ rule }) => rule))]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...report.tool, rules: rules.map((id) => ({ id })) } },
        invocations: [
          {
            executionSuccessful: report.verdict !== 'inconclusive',
            exitCode: exitCodes[report.verdict],
            startTimeUtc: report.startedAt,
            toolExecutionNotifications: undecided(report),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => toResult(finding, rules, report.contract.file)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

function toResult(finding: GateFinding, rules: string[], contract: string) {
  const { rule, severity, message, place, pointer, accepted } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: severity,
    message: { text: message },
    // Code scanning shows no result without a location: findings without a place go to the first line.
    locations: [
      {
        physicalLocation: physical(place ?? { file: contract }),
        ...(pointer && { logicalLocations: [{ fullyQualifiedName: pointer }] }),
      },
    ],
    // Code scanning recognizes an alert by it in later runs.
    partialFingerprints: { 'contractGate/v1': fingerprintOf(finding, contract) },
    ...(accepted && { suppressions: [{ kind: 'external', status: 'accepted', justification: accepted }] }),
  }
}

function physical({ file, line }: Place) {
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file)
  return { artifactLocation: { uri }, region: { startLine: line ?? 1 } }
}

function undecided({ parts }: GateReport) {
  return parts.flatMap(({ name, checks }) =>
    checks
      .filter(({ outcome, decides }) => outcome === 'cantTell' && decides)
      .map(({ id, reason }) => ({
        level: 'error',
        message: { text: `${name}: ${id} could not tell: ${reason}` },
      })),
  )
}

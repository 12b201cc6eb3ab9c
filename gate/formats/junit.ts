import { type JunitCase, junitDocument } from '../../conformance/results/formats/junit-document.ts'
import type { GateCheck, GateReport, Part } from '../gate-report.ts'
import { shownPlace } from './wording.ts'

/** JUnit XML: a part is a suite, a check a case. A skipped part is a suite with one skipped case. */
export function junit(report: GateReport): string {
  const suites = report.parts.map((part) => ({
    name: part.name,
    time: part.durationMs / 1000,
    cases: part.checks.length > 0 ? part.checks.map((check) => caseOf(part, check)) : [skippedCase(part)],
  }))
  return junitDocument(`${report.tool.name} gate`, suites, {
    time: report.durationMs / 1000,
    timestamp: report.startedAt.slice(0, 19),
  })
}

function caseOf({ name: classname }: Part, check: GateCheck): JunitCase {
  const passed = { classname, name: `${check.id} ${check.title}` }
  const element = elementFor(check)
  if (!element) return passed
  const details = check.findings
    .filter(({ severity }) => severity !== 'note')
    .map(({ message, place }) => (place ? `${shownPlace(place)}: ${message}` : message))
  return { ...passed, verdict: { element, message: check.reason, details: details.join('\n') } }
}

/** JUnit's element for an outcome; checks that do not decide never fail a build. */
function elementFor({ outcome, decides }: GateCheck) {
  if (outcome === 'passed') return undefined
  if (outcome === 'failed' && decides) return 'failure'
  return outcome === 'cantTell' && decides ? 'error' : 'skipped'
}

const skippedCase = ({ name, summary }: Part): JunitCase => ({
  classname: name,
  name,
  verdict: { element: 'skipped', message: summary },
})

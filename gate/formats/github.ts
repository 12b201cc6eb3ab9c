import type { ContractError } from '../../spec/contract-error.ts'
import { counted } from '../../spec/counted.ts'
import type { GateReport, Place } from '../gate-report.ts'
import { shownFrom } from '../shown-path.ts'
import { findingsOf } from '../verdict.ts'
import { countInWords, first, verdictWords } from './wording.ts'

/** GitHub shows at most ten annotations of a kind for a step. */
const most = 10

/** Workflow commands that annotate the lines of findings; the last one has the verdict and how many are left out. */
export function github(report: GateReport): string {
  const findings = findingsOf(report).filter(({ accepted }) => !accepted)
  const annotated = (['error', 'warning'] as const).map((kind) => {
    const { shown, more } = first(
      findings.filter(({ severity }) => severity === kind),
      most,
    )
    return {
      lines: shown.map(({ rule, message, place }) => annotation(kind, message, rule, place)),
      more: more > 0 ? `, ${counted(more, `more ${kind}`)} in the report` : '',
    }
  })
  const undecided = report.parts
    .filter(({ outcome }) => outcome === 'cantTell')
    .map(({ name, summary, checks }) => {
      const reason = checks.find(({ outcome }) => outcome === 'cantTell')?.reason ?? summary
      return annotation('error', `${name} could not tell: ${reason}`, name)
    })
  const more = annotated.map((kind) => kind.more).join('')
  const last = annotation(
    'notice',
    `${verdictWords[report.verdict]}: ${countInWords(report)}${more}`,
    'contract gate',
  )
  return [...annotated.flatMap(({ lines }) => lines), ...undecided, last].join('')
}

/** The contract cannot be read: an annotation at the place; what git has is in no file that GitHub could show. */
export function annotateUnstarted({ file, line, reason, message }: ContractError): string {
  if (file.startsWith('git:')) return annotation('error', message, 'contract')
  const place = { file: shownFrom(process.cwd(), file), ...(line && { line }) }
  return annotation('error', reason, 'contract', place)
}

/** One workflow command with its line break. */
export function annotation(
  kind: 'error' | 'warning' | 'notice',
  message: string,
  title: string,
  place?: Place,
): string {
  const properties = Object.entries({ file: place?.file, line: place?.line, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${kind} ${properties.join(',')}::${escapeData(message)}\n`
}

const escapeData = (text: string) =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

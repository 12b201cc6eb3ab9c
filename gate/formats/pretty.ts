import { styleText } from 'node:util'
import type { RenderOptions } from '../../conformance/results/formats/output-format.ts'
import { visible } from '../../spec/visible.ts'
import type { GateFinding, GateReport, Part } from '../gate-report.ts'
import { countInWords, first, shownPlace, verdictWords } from './wording.ts'

type Style = 'green' | 'red' | 'yellow' | 'dim'

const marks: Record<Part['outcome'], [mark: string, style: Style]> = {
  passed: ['✓', 'green'],
  failed: ['✗', 'red'],
  cantTell: ['?', 'yellow'],
  skipped: ['-', 'dim'],
}

const verdictStyles = { conforming: 'green', nonconforming: 'red', inconclusive: 'yellow' } as const
const severityStyles = { error: 'red', warning: 'yellow', note: 'dim' } as const

/** The most findings of a part; the other formats have all. */
const most = 20

/** For a terminal: findings, one line per part, and the verdict last. */
export function pretty(report: GateReport, { color }: RenderOptions): string {
  const paint = (style: Style, text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text
  const details = report.parts.flatMap((part) => explain(part, paint))
  const lines = report.parts.map(({ name, outcome, summary }) => {
    const [mark, style] = marks[outcome]
    return `${paint(style, `${mark} ${name.padEnd(13)}`)} ${outcome === 'skipped' ? paint('dim', summary) : visible(summary)}`
  })
  const verdict = paint(verdictStyles[report.verdict], verdictWords[report.verdict])
  const seconds = (report.durationMs / 1000).toFixed(1)
  return [...details, ...lines, `${verdict}  ${countInWords(report)} (${seconds} s)`, ''].join('\n')
}

function explain({ name, checks }: Part, paint: (style: Style, text: string) => string): string[] {
  const undecided = checks.filter(({ outcome, decides }) => outcome === 'cantTell' && decides)
  const findings = checks.flatMap((check) => check.findings).filter(({ severity }) => severity !== 'note')
  const rank = ({ severity }: GateFinding) => (severity === 'error' ? 0 : 1)
  const { shown, more } = first(
    findings.toSorted((a, b) => rank(a) - rank(b)),
    most,
  )
  const reasons = first([...new Set(undecided.map(({ reason }) => reason))], most)
  const lines = [
    ...shown.map(({ severity, rule, message, place, pointer }) => {
      const where = place ? `${shownPlace(place)}: ` : ''
      return `  ${paint(severityStyles[severity], severity)} ${visible(where + message)} ${paint('dim', visible([rule, pointer].join(' ').trim()))}`
    }),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...reasons.shown.map((reason) => `  ${paint('yellow', 'could not tell')} ${visible(reason)}`),
  ]
  return lines.length > 0 ? [name, ...lines, ''] : []
}

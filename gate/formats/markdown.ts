import type { Impact } from '../../spec/compatibility/change.ts'
import { counted } from '../../spec/counted.ts'
import type { GateChange, GateFinding, GateReport, Part } from '../gate-report.ts'
import { findingsOf } from '../verdict.ts'
import { code, text } from './markdown-text.ts'
import { countInWords, first, outcomeWords, shownPlace, verdictWords, whyNotCompared } from './wording.ts'

/** The most list items of a kind. */
const most = 30

/** For a pull request: the verdict, one row per part, what to fix, and the changes for clients and servers. */
export function markdown(report: GateReport): string {
  const rows = report.parts.map(
    ({ name, outcome, summary }) => `| ${name} | ${outcomeWords[outcome]} | ${text(summary)} |`,
  )
  return [
    `## Contract gate: ${verdictWords[report.verdict]}`,
    '',
    `${countInWords(report)}.`,
    '',
    '| part | outcome | |',
    '| --- | --- | --- |',
    ...rows,
    ...toFix(report),
    ...whatChanged(report),
    '',
  ].join('\n')
}

/** Errors and what could not be decided; responses without a check are no mistakes of the contract. */
function toFix(report: GateReport): string[] {
  const errors = (of: (part: Part) => boolean) =>
    findingsOf({ parts: report.parts.filter(of) }).filter(({ severity }) => severity === 'error')
  const undecided = report.parts
    .flatMap(({ checks }) => checks)
    .filter(({ outcome, decides }) => outcome === 'cantTell' && decides)
  const isCoverage = ({ name }: Part) => name === 'coverage'
  return [
    ...section('To fix', [
      ...errors((part) => !isCoverage(part)).map(describeFinding),
      ...new Set(undecided.map(({ reason }) => `Could not tell: ${text(reason)}`)),
    ]),
    ...section('Without a check', errors(isCoverage).map(describeFinding)),
  ]
}

const section = (title: string, items: string[]) =>
  items.length > 0 ? ['', `### ${title}`, '', ...list(items)] : []

function describeFinding({ message, place }: GateFinding): string {
  return `${text(message)}${place ? ` (${code(shownPlace(place))})` : ''}`
}

const sides = {
  client: 'If you call this API',
  server: 'If you serve this API',
} as const

const kinds: Record<Exclude<Impact, 'harmless'>, (count: number) => string> = {
  breaking: (count) => counted(count, 'breaking change'),
  risky: (count) => `${counted(count, 'change')} with a risk`,
}

/** What has consequences for one side is listed for it; the rest once, folded. */
function whatChanged(report: GateReport): string[] {
  const { base = '', changes } = report
  const heading = ['', '### What changed for you', '']
  const reason = whyNotCompared(report)
  if (reason) return [...heading, `Not compared: ${text(reason)}.`]
  if (changes.length === 0) return [...heading, `Nothing since ${code(base)}.`]
  const sections = (['client', 'server'] as const).flatMap((side) => [
    `**${sides[side]}**`,
    '',
    ...consequencesFor(side, changes),
    '',
  ])
  const rest = changes.filter(({ client, server }) => client === 'harmless' && server === 'harmless')
  if (rest.length === 0) return [...heading, `Since ${code(base)}:`, '', ...sections].slice(0, -1)
  const summary = `<summary>${counted(rest.length, 'change')} without consequence</summary>`
  const folded = ['<details>', summary, '', ...list(rest.map(describe)), '', '</details>']
  return [...heading, `Since ${code(base)}:`, '', ...sections, ...folded]
}

function consequencesFor(side: keyof typeof sides, changes: GateChange[]): string[] {
  const groups = (['breaking', 'risky'] as const).flatMap((impact) => {
    const items = changes.filter((change) => change[side] === impact)
    return items.length > 0 ? ['', `${kinds[impact](items.length)}:`, '', ...list(items.map(describe))] : []
  })
  return groups.length > 0 ? groups.slice(1) : ['Nothing breaks, and nothing is a risk.']
}

function describe({ message, file, line, accepted }: GateChange): string {
  const where = line ? ` (${code(shownPlace({ file, line }))})` : ''
  return `${text(message)}${where}${accepted ? `: accepted until ${accepted.expires}, ${text(accepted.reason)}` : ''}`
}

function list(items: string[]): string[] {
  const { shown, more } = first(items, most)
  return [...shown.map((item) => `- ${item}`), ...(more > 0 ? [`- … and ${more} more`] : [])]
}

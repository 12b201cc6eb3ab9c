import { type Impact, impacts } from '../../spec/compatibility/change.ts'
import type { GateChange, GateReport } from '../gate-report.ts'
import { findingsOf } from '../verdict.ts'
import { countInWords, first, outcomeWords, shownPlace, verdictWords } from './wording.ts'

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

function toFix(report: GateReport): string[] {
  const findings = findingsOf(report).filter(({ severity }) => severity === 'error')
  const undecided = report.parts
    .flatMap(({ checks }) => checks)
    .filter(({ outcome, decides }) => outcome === 'cantTell' && decides)
  const items = [
    ...findings.map(
      ({ message, place }) => `${text(message)}${place ? ` (${code(shownPlace(place))})` : ''}`,
    ),
    ...new Set(undecided.map(({ reason }) => `Could not tell: ${text(reason)}`)),
  ]
  return items.length > 0 ? ['', '### To fix', '', ...list(items)] : []
}

const sides = {
  client: 'If you call this API',
  server: 'If you serve this API',
} as const

const kinds: Record<Impact, string> = {
  breaking: 'breaks',
  risky: 'may surprise',
  harmless: 'new, or without consequence',
}

function whatChanged({ base, changes, contract }: GateReport): string[] {
  const heading = ['', '### What changed for you', '']
  if (!base) return [...heading, 'Not compared: no base was given.']
  if (changes.length === 0) return [...heading, `Nothing since ${code(base)}.`]
  const sections = (['client', 'server'] as const).flatMap((side) => [
    `**${sides[side]}**`,
    '',
    ...impacts.flatMap((impact) => {
      const items = changes.filter((change) => change[side] === impact)
      if (items.length === 0) return []
      const lines = list(items.map((change) => describe(change, contract.file)))
      const title = `${items.length} ${kinds[impact]}`
      if (impact !== 'harmless') return [`${title}:`, '', ...lines, '']
      return ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>', '']
    }),
  ])
  return [...heading, `Since ${code(base)}:`, '', ...sections].slice(0, -1)
}

function describe({ message, line, accepted }: GateChange, file: string): string {
  const where = line ? ` (${code(`${file}:${line}`)})` : ''
  return `${text(message)}${where}${accepted ? `: accepted until ${accepted.expires}, ${text(accepted.reason)}` : ''}`
}

function list(items: string[]): string[] {
  const { shown, more } = first(items, most)
  return [...shown.map((item) => `- ${item}`), ...(more > 0 ? [`- … and ${more} more`] : [])]
}

const code = (value: string) => `\`${value.replaceAll('`', "'")}\``

/** Escapes text that may come from a contract or a deployment. */
const text = (value: string) =>
  value
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]<>|~#@]/g, (character) => (character === '<' ? '&lt;' : `\\${character}`))

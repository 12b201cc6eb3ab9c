import { counted } from '../../../spec/counted.ts'
import { bounded, visible } from '../../../spec/visible.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { CheckResult, Report } from '../report.ts'
import {
  attention,
  byWeight,
  countChecks,
  countRan,
  explainVerdict,
  listChecks,
  nameClause,
  outcomeNames,
  verdictNames,
} from './summary.ts'

/** Comments on GitHub and GitLab hold 65,536 and more; what exceeds this is left to the other formats. */
const maxCharacters = 60_000

/** For a comment on a pull request: what fails, by which clause, and the evidence folded away. */
export function markdown(report: Report): string {
  const { deciding: decisive, other } = attention(report)
  const { ran, total } = countRan(report)
  const counts = byWeight
    .filter((outcome) => report.summary[outcome] > 0)
    .map(
      (outcome) => `${outcomeNames[outcome].mark} ${report.summary[outcome]} ${outcomeNames[outcome].name}`,
    )
  const text = [
    `## ${verdictNames[report.verdict]}: ${escapeText(report.target)}`,
    escapeText(explainVerdict(report)),
    `**${ran} of ${total} checks really ran.** ${counts.join(' · ')}`,
    ...(report.problem
      ? []
      : [
          listCauses(report),
          table(decisive),
          fold('What does not decide at this level', other.length, table(other)),
        ]),
    skips(report),
  ].filter(Boolean)
  const { tool, contract, startedAt, durationMs, failOn } = report
  const foot = `<sub>${escapeText(`${contract.title} ${contract.version}`)} · ${tool.name} ${tool.version} · fails on: ${failOn} · ${startedAt} · ${(durationMs / 1000).toFixed(1)} s</sub>`
  const proofs = report.problem ? [] : [...decisive, ...other].filter(({ outcome }) => outcome !== 'passed')
  return `${[...text, ...evidenceWithin(proofs, maxCharacters - text.join('\n\n').length), foot].join('\n\n')}\n`
}

/** What explains the failures, each with the exchange that shows it. */
function listCauses({ causes }: Report): string {
  if (causes.length === 0) return ''
  const items = causes.slice(0, 20).map(({ title, checks, level, hint, evidence }) => {
    const why = hint && ` Usually: ${escapeText(hint)}.`
    const told = `1. **${escapeText(bounded(title, 300))}** (${level}).${why} Explains ${listChecks(checks)}.`
    return evidence
      ? `${told}\n\n${indented(fold('See it', 'curl', fence('sh', bounded(evidence.curl, 1500))))}`
      : told
  })
  const more = causes.length - items.length
  return [
    `### ${counted(countChecks(causes), 'failure')}, ${counted(causes.length, 'cause')}`,
    ...items,
    ...(more > 0 ? [`and ${counted(more, 'cause')} more, which the other formats list.`] : []),
  ].join('\n\n')
}

const indented = (text: string) => text.replaceAll(/^/gm, '   ')

function table(results: CheckResult[]): string {
  if (results.length === 0) return ''
  const rows = results.map(({ outcome, id, title, reason, source, level, isStale }) => {
    const why = isStale ? 'passes, but is listed in the baseline' : bounded(reason, 300)
    const cells = [
      outcomeNames[outcome].mark,
      `\`${id}\``,
      escapeText(title),
      escapeText(why),
      `${clause(source)}, ${level}`,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '| | check | a conforming deployment | here | decided by |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

function skips({ checks }: Report): string {
  const skipped = Map.groupBy(
    checks.filter(({ outcome }) => outcome === 'skipped'),
    ({ reason }) => reason,
  )
  const lines = [...skipped].map(
    ([reason, results]) => `- ${results.map(({ id }) => id).join(', ')}: ${escapeText(reason)}`,
  )
  return fold('Not tried', [...skipped.values()].flat().length, lines.join('\n'))
}

function evidenceWithin(results: CheckResult[], room: number): string[] {
  const written: string[] = []
  let left = room - 200
  for (const result of results) {
    const text = evidence(result)
    left -= text.length
    if (left < 0)
      return [
        ...written,
        `Evidence of ${results.length - written.length} more checks is in the other formats.`,
      ]
    written.push(text)
  }
  return written
}

function evidence({ id, evidence, reason }: CheckResult): string {
  const last = evidence.at(-1)
  const parts = [
    fence('', bounded(reason, 4000)),
    ...(last ? [fence('sh', last.curl), fence('http', responseHead(last))] : []),
  ]
  return fold(`Evidence of ${id}`, counted(evidence.length, 'exchange'), parts.join('\n\n'))
}

function responseHead({ response }: Evidence): string {
  if (!response) return 'nothing came back'
  const headers = Object.entries(response.headers).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${bounded(one, 300)}`),
  )
  return [`HTTP ${response.status}, ${response.bytes} bytes`, ...headers.slice(0, 40)].join('\n')
}

function fold(title: string, extent: number | string, content: string): string {
  return extent === 0 ? '' : `<details><summary>${title} (${extent})</summary>\n\n${content}\n\n</details>`
}

/** A code block whose fence is longer than any in it. */
function fence(language: string, content: string): string {
  const shown = visible(content)
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}${language}\n${shown}\n${mark}`
}

function clause(source: CheckResult['source']): string {
  return source.url.startsWith('https://')
    ? `[${nameClause(source)}](${source.url})`
    : `\`${nameClause(source)}\``
}

/** Text in which nothing is taken as formatting or as a mention of a user. */
function escapeText(text: string): string {
  return visible(text)
    .replaceAll(/[\\`*_{}[\]()<>#!|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('@', '@\u2060')
    .split('\n')
    .map((line) => line.trim())
    .join(' ')
}

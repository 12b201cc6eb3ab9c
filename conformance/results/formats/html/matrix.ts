import { STATUS_CODES } from 'node:http'
import { type Level, levels, type Outcome } from '../../../catalogue/check.ts'
import type { CheckResult, Report } from '../../report.ts'
import { byWeight, outcomeNames } from '../summary.ts'
import { html, type Markup } from './markup.ts'

interface Row {
  name: Markup
  results: CheckResult[]
}

/** What the contract requires, by how the checks of each level ended: shows requirements without a check. */
export function matrix({ contract, checks }: Report): Markup {
  const responses = [
    ...new Set([...(contract.answers ?? []), ...checks.flatMap(({ covers }) => covers)]),
  ].map((response) => {
    const [, operation = response, status = ''] = /^(.*) (\d{3})$/.exec(response) ?? []
    const name = html`<strong>${status}</strong> ${STATUS_CODES[status]}`
    return { operation, name, results: checks.filter(({ covers }) => covers.includes(response)) }
  })
  const statements = (contract.statements ?? []).map(({ anchor, title }) => ({
    name: html`${title}`,
    results: checks.filter(({ source }) => source.document === 'report' && source.anchor === anchor),
  }))
  const operations = Map.groupBy(responses, ({ operation }) => operation)
  return html`<table class="matrix">
<caption>Checks by what they hold the deployment to, and by level</caption>
<thead><tr><td></td>${levels.map((level) => html`<th scope="col">${level}</th>`)}</tr></thead>
${[...operations].map(([operation, rows]) => group(html`Answers of <code>${operation}</code>`, rows))}
${statements.length > 0 && group(html`What the document says`, statements)}
</table>`
}

const group = (title: Markup, rows: Row[]) => html`<tbody>
<tr class="group"><th scope="rowgroup" colspan="4">${title}</th></tr>
${rows.map(({ name, results }) => html`<tr><th scope="row">${name}</th>${levels.map((level) => cell(results, level))}</tr>\n`)}</tbody>`

function cell(results: CheckResult[], level: Level): Markup {
  const here = results.filter((result) => result.level === level)
  if (here.length === 0)
    return html`<td><span class="none"><span aria-hidden="true">·</span><span class="spoken">no check</span></span></td>`
  const marks = byWeight.map((outcome) => mark(here, outcome))
  return html`<td class="${worst(here)}">${marks}</td>`
}

function mark(results: CheckResult[], outcome: Outcome): Markup | undefined {
  const having = results.filter((result) => result.outcome === outcome)
  if (having.length === 0) return undefined
  const { mark, name } = outcomeNames[outcome]
  return html`<a class="count ${outcome}" href="#${having[0]!.id}"><span aria-hidden="true">${mark}</span> ${having.length}<span class="spoken"> ${name}</span></a>`
}

const worst = (results: CheckResult[]): Outcome =>
  byWeight.find((outcome) => results.some((result) => result.outcome === outcome)) ?? 'skipped'

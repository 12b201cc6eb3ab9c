import { readFileSync } from 'node:fs'
import { counted } from '../../../spec/counted.ts'
import { bounded } from '../../../spec/visible.ts'
import { areaTitles } from '../../catalogue/areas.ts'
import { type Cause, type CheckResult, deciding, type Report } from '../report.ts'
import { checkItem } from './html/check-section.ts'
import { exchange } from './html/exchange-section.ts'
import { filterRules, filters } from './html/filters.ts'
import { html, Markup } from './html/markup.ts'
import { matrix } from './html/matrix.ts'
import {
  attention,
  byWeight,
  countChecks,
  countRan,
  explainVerdict,
  outcomeNames,
  verdictNames,
} from './summary.ts'

const sheets = ['page', 'coverage', 'filters', 'checks', 'media']
const style = new Markup(
  sheets.map((name) => readFileSync(new URL(`./html/${name}.css`, import.meta.url), 'utf8')).join(''),
)

/** Even if escaping failed, no script could run and no request be sent. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** One self-contained page without a script: for people who were not there when it ran. */
export function renderHtml(report: Report): string {
  const { checks, failOn, target, verdict } = report
  const areas = Map.groupBy(checks, ({ area }) => area)
  const decisive = new Set(deciding(checks, failOn))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${verdictNames[verdict]}: ${target}</title>
<style>
${style}${filterRules([...areas.keys()])}</style>
</head>
<body class="${verdict}">
<a class="skip" href="#checks">Skip to the checks</a>
${summary(report)}
<main>
${causesSection(report)}
${todo(report)}
<section aria-labelledby="coverage"><h2 id="coverage">Coverage of the contract</h2>
${matrix(report)}
</section>
<section aria-labelledby="checks"><h2 id="checks" tabindex="-1">Checks</h2>
<p class="hint">Each opens to its requests and responses. Tokens are removed everywhere: set the variable that replaces one, such as <code>$MEMBER_TOKEN</code>, before you run a command.</p>
${filters(checks)}
<div class="list">
${[...areas].map(([area, results]) => areaSection(area, results, decisive))}
<p class="nothing">No check matches.</p>
</div>
</section>
</main>
${footer(report)}
</body>
</html>
`.text
}

function summary(report: Report): Markup {
  const { target, startedAt, durationMs, failOn, verdict, summary: counts } = report
  const { ran, total } = countRan(report)
  const present = byWeight.filter((outcome) => counts[outcome] > 0)
  return html`<header>
<p class="eyebrow">Conformance of the usage export</p>
<h1>${verdictNames[verdict]}</h1>
<p class="why">${explainVerdict(report)}</p>
<div class="bar" aria-hidden="true">${present.map((outcome) => html`<span class="${outcome}" style="flex-grow:${counts[outcome]}"></span>`)}</div>
<ul class="counts">${present.map(
    (outcome) =>
      html`<li class="${outcome}"><span class="mark" aria-hidden="true">${outcomeNames[outcome].mark}</span> <b>${counts[outcome]}</b> ${outcomeNames[outcome].name}</li>`,
  )}</ul>
<dl class="meta">
<div><dt>Deployment</dt><dd>${target}</dd></div>
<div><dt>Really ran</dt><dd>${ran} of ${total} checks</dd></div>
<div><dt>Decides</dt><dd>${failOn === 'contract' ? 'level contract' : `levels up to ${failOn}`}</dd></div>
<div><dt>When</dt><dd><time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')}</time>, ${(durationMs / 1000).toFixed(1)} s</dd></div>
</dl>
</header>`
}

/** What explains the failures, each with its checks and the exchange that shows it. */
function causesSection({ causes }: Report): Markup | undefined {
  if (causes.length === 0) return undefined
  const item = ({
    title,
    checks,
    level,
    hint,
    evidence,
  }: Cause) => html`<li><h3>${bounded(title, 400)} <span class="level">${level}</span></h3>
${hint && html`<p class="hint">Usually: ${hint}.</p>`}
<p>Explains ${checks.map((id) => html`<a href="#${id}">${id}</a> `)}</p>
${evidence && exchange(evidence, false)}</li>
`
  return html`<section aria-labelledby="causes"><h2 id="causes">${counted(countChecks(causes), 'failure')}, ${counted(causes.length, 'cause')}</h2>
<ol class="causes">${causes.map(item)}</ol>
</section>`
}

/** The checks that need attention, each a link to its evidence. */
function todo(report: Report): Markup | undefined {
  const { deciding, other } = attention(report)
  if (report.problem || deciding.length + other.length === 0) return undefined
  const list = (results: CheckResult[]) =>
    html`<ul class="todo">${results.map(({ id, title, outcome }) => html`<li class="${outcome}"><span class="mark" aria-hidden="true">${outcomeNames[outcome].mark}</span> <a href="#${id}">${id}</a> ${title}</li>\n`)}</ul>`
  return html`<section aria-labelledby="todo"><h2 id="todo">Needs attention</h2>
${deciding.length > 0 && list(deciding)}
${other.length > 0 && html`<h3>Does not decide at this level</h3>${list(other)}`}
</section>`
}

const titleOf = (area: string) => (areaTitles as Record<string, string | undefined>)[area]

function areaSection(area: string, results: CheckResult[], decisive: Set<CheckResult>): Markup {
  return html`<section class="area ${area}" aria-labelledby="area-of-${area}">
<h3 id="area-of-${area}"><span class="code">${area}</span> ${titleOf(area)}</h3>
<ul>${results.map((result) => checkItem(result, decisive.has(result)))}</ul>
<p class="nothing">No check of this area matches.</p>
</section>
`
}

function footer({ tool, contract }: Report): Markup {
  return html`<footer><p>${contract.title} ${contract.version} <code>${contract.sha256.slice(0, 12)}</code>, judged by ${tool.name} ${tool.version}</p></footer>`
}

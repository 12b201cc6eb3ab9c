import { counted } from '../../../../spec/counted.ts'
import { bounded } from '../../../../spec/visible.ts'
import type { Citation } from '../../../catalogue/sources.ts'
import type { CheckResult } from '../../report.ts'
import { nameClause, outcomeNames } from '../summary.ts'
import { exchange } from './exchange-section.ts'
import { html, type Markup } from './markup.ts'

/** One check, closed to what it says and what became of it. Its classes are what the filters choose by. */
export function checkItem(result: CheckResult, decides: boolean): Markup {
  const { id, title, level, outcome, reason, isStale } = result
  const { mark, name } = outcomeNames[outcome]
  return html`<li class="check ${outcome} ${level}"><details>
<summary><span class="mark" aria-hidden="true">${mark}</span><span class="spoken">${name}: </span><span class="id">${id}</span> <span class="title">${title}</span> <span class="level">${level}${!decides && html`<span class="spoken">, does not decide</span>`}</span>${
    isStale && html`<span class="reason">Passes, but is listed in the baseline.</span>`
  }${reason && html`<span class="reason">${bounded(reason, 1500)}</span>`}</summary>
<div class="body" id="${id}">${body(result)}</div>
</details></li>
`
}

function body({ source, covers, durationMs, evidence, pictures = [], outcome }: CheckResult): Markup {
  const isPassed = outcome === 'passed' || outcome === 'skipped'
  const isUndecided = outcome === 'cantTell'
  return html`<dl class="about">
<div><dt>Decided by</dt><dd>${clause(source)}</dd></div>
${covers.length > 0 && html`<div><dt>Covers</dt><dd>${covers.map((response) => html`<code>${response}</code> `)}</dd></div>`}
<div><dt>Sent</dt><dd>${evidence.length > 0 ? `${counted(evidence.length, 'request')}, ${durationMs} ms` : 'nothing'}</dd></div>
</dl>
${pictures.map(
  ({
    page,
    png,
  }) => html`<figure><figcaption>Page ${page}, with ${isUndecided ? 'what two ways to read it disagree on' : 'what was found on it'}</figcaption>
<img alt="Page ${page} of the document, with what ${isUndecided ? 'two ways to read it disagree on' : 'was found'} marked" src="data:image/png;base64,${png}"></figure>`,
)}
${(isPassed ? evidence : tellingFirst(evidence)).map((one, index) => exchange(one, !isPassed && index === 0))}`
}

/** A check ends with the request that decides it: that one comes first, the others as they were sent. */
const tellingFirst = (evidence: CheckResult['evidence']) => [...evidence.slice(-1), ...evidence.slice(0, -1)]

/** A link where the clause is on the web; the contract's own files travel with the package. */
function clause(source: Citation): Markup {
  return source.url.startsWith('https://')
    ? html`<a href="${source.url}" rel="noreferrer">${nameClause(source)}</a>`
    : html`<code>${nameClause(source)}</code>`
}

import { bounded } from '../../../../spec/visible.ts'
import type { Evidence } from '../../evidence/evidence.ts'
import { html, type Markup } from './markup.ts'

/** More headers than any correct response has; the JSON report and the evidence folder hold all of them. */
const maxHeaders = 60
const longestValue = 600

/** One exchange, closed to a line; opened, what was sent, what came back, and how to repeat it. */
export function exchange({ request, response, notes, curl }: Evidence, isOpen: boolean): Markup {
  const path = request.url.replace(/^https?:\/\/[^/]*/, '') || '/'
  const result = response ? `${response.status}` : 'no answer'
  return html`<details class="exchange"${isOpen && html` open`}>
<summary><code>${request.method} ${bounded(path, 200)}</code> <span class="status">${result}</span></summary>
${notes && html`<ul class="notes">${notes.map((note) => html`<li>${bounded(note, longestValue)}</li>`)}</ul>`}
<div class="sides">
<div><h4>Request</h4><dl class="fields">${line('url', request.url)}${headerLines(request.headers)}</dl></div>
<div><h4>Response</h4>${
    response
      ? html`<dl class="fields">${line('status', String(response.status))}${headerLines(response.headers)}${line('content', `${response.bytes} bytes`)}</dl>`
      : html`<p>Nothing came back.</p>`
  }</div>
</div>
<h4>Repeat the request</h4>
<pre class="curl"><code>${curl}</code></pre>
</details>
`
}

function headerLines(headers: Evidence['request']['headers']): Markup[] {
  const all = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
  const shown = all.slice(0, maxHeaders).map(([name = '', value = '']) => line(name, value))
  return all.length > maxHeaders ? [...shown, line('…', `${all.length - maxHeaders} more fields`)] : shown
}

const line = (name: string, value: string) =>
  html`<div><dt>${bounded(name, 100)}</dt><dd>${bounded(value, longestValue)}</dd></div>`

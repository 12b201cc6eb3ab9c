import { element } from './elements.js'
import { requestDetail } from './request-detail.js'

/** A request in the list: one line, the mistakes of the client, and on demand what was sent and received. */
export function requestItem(entry) {
  const { at, method, path, query, status, persona, responseBytes, durationMs, verdict } = entry
  const parameters = new URLSearchParams(query).toString()
  const marks = marksOf(entry)
  const fillDetail = ({ target }) => {
    if (target.open && target.children.length === 1) target.append(requestDetail(entry))
  }
  return element(
    'li',
    { class: verdict.right ? 'right' : 'wrong' },
    element(
      'details',
      { ontoggle: fillDetail },
      element(
        'summary',
        { tabindex: -1 },
        element('span', { class: `code ${familyOf(status)}` }, status === null ? '–' : String(status)),
        element('span', { class: 'method' }, method),
        element('span', { class: 'path' }, parameters ? `${path}?${parameters}` : path),
        element(
          'span',
          { class: 'marks' },
          ...marks.map(([kind, text]) => element('span', { class: kind }, text)),
        ),
        element('span', { class: 'by' }, persona ?? ''),
        element('span', { class: 'amount' }, status === null ? '' : sizeOf(responseBytes)),
        element('span', { class: 'amount' }, `${durationMs} ms`),
        element('time', { datetime: at }, new Date(at).toLocaleTimeString()),
      ),
    ),
    ...verdict.mistakes.map((text) => element('p', { class: 'mistake' }, text)),
    // Where something was forced upon the request, the marks say it in short.
    ...(marks.length > 0 ? [] : verdict.remarks).map((text) => element('p', { class: 'remark' }, text)),
  )
}

const familyOf = (status) => (status === null ? 'none' : `s${Math.floor(status / 100)}`)

/** What decided the response in the place of the operation, and how it ended, as pairs of class and text. */
function marksOf({ status, scenario, ownResponse, passedOn, undocumented, cancelled }) {
  const marks = [
    scenario && ['forced', `scenario ${scenario}`],
    ownResponse && ['forced', 'own response'],
    passedOn && ['forced', 'passed on'],
    undocumented && ['plain', 'undocumented'],
    cancelled && ['ended', 'cancelled by the client'],
    status === null && !cancelled && ['ended', 'no response'],
  ]
  return marks.filter(Boolean)
}

function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB']
  return `${amount.toFixed(amount < 10 ? 1 : 0)} ${unit}`
}

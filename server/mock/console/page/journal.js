import { control } from './control.js'
import { byId, element } from './elements.js'

const mostShown = 100

const isChange = ({ method, status }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 300

/** Polls the journal and lists requests, newest first. Calls `onChange` after one that changed the state. */
export async function startJournal({ onChange }) {
  const list = byId('requests')
  let last
  const clear = () => {
    list.replaceChildren()
    byId('no-requests').hidden = false
  }
  const poll = async () => {
    const { requests, last: newest } = await control(`requests?after=${last ?? 0}`)
    // The ids of a restarted mock begin at 1 again.
    if (newest < (last ?? 0)) {
      clear()
      last = undefined
      return onChange()
    }
    const isFirst = last === undefined
    last = newest
    if (requests.length === 0) return
    if (!isFirst && requests.some(isChange)) onChange()
    byId('no-requests').hidden = true
    list.prepend(...requests.toReversed().map(requestItem))
    while (list.children.length > mostShown) list.lastChild.remove()
  }
  byId('only-wrong').addEventListener('change', ({ target }) =>
    list.classList.toggle('only-wrong', target.checked),
  )
  byId('clear-journal').addEventListener('click', async () => {
    await control('requests', { method: 'DELETE' })
    clear()
  })
  await poll()
  let isPolling = false
  const pollOn = async () => {
    // Two polls at once would list the same requests twice.
    if (document.hidden || isPolling) return
    isPolling = true
    const isReachable = await poll().then(
      () => true,
      () => false,
    )
    isPolling = false
    byId('address').textContent = isReachable ? location.origin : `${location.origin} does not respond`
  }
  setInterval(pollOn, 1000)
  return { clear }
}

function requestItem({
  at,
  method,
  path,
  query,
  status,
  persona,
  scenario,
  durationMs,
  headers,
  body,
  verdict,
}) {
  const { right, mistakes, remarks } = verdict
  const parameters = new URLSearchParams(query).toString()
  const family = status === null ? 'none' : `s${Math.floor(status / 100)}`
  return element(
    'li',
    { class: right ? 'right' : 'wrong' },
    element(
      'details',
      {},
      element(
        'summary',
        {},
        element('span', { class: `code ${family}` }, status === null ? 'no response' : String(status)),
        element('b', {}, method),
        element('span', { class: 'path' }, parameters ? `${path}?${parameters}` : path),
        element('span', { class: 'by' }, [persona, scenario].filter(Boolean).join(' · ')),
        element('time', { datetime: at }, `${new Date(at).toLocaleTimeString()} · ${durationMs} ms`),
      ),
      element(
        'pre',
        { tabindex: '0', 'aria-label': 'Headers and body' },
        JSON.stringify({ headers, body }, null, 2),
      ),
    ),
    ...mistakes.map((text) => element('p', { class: 'mistake' }, text)),
    ...remarks.map((text) => element('p', { class: 'remark' }, text)),
  )
}

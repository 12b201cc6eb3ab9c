import { control } from './control.js'
import { byId } from './elements.js'
import { requestItem } from './request-item.js'
import { moveByArrows } from './roving.js'

/** As many as the mock keeps. */
const mostShown = 500

/** A poll that is left without a response is given up after this many milliseconds. */
const longestPoll = 5000

const isChange = ({ method, status }) => !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 300

const outcomes = {
  cancelled: ({ cancelled }) => cancelled,
  none: ({ status }) => status === null,
}
const isOutcome = (entry, outcome) =>
  outcomes[outcome]?.(entry) ?? Math.floor(entry.status / 100) === Number(outcome)

/**
 * Polls the journal and lists requests, newest first. Calls `onChange` after one that changed the state, and after a
 * restart.
 */
export async function startJournal({ onChange }) {
  const list = byId('requests')
  const filter = byId('journal-filter')
  const refreshTabStop = moveByArrows(list, 'summary')
  /** The entries that are listed, by their item. */
  const entries = new Map()
  let journal
  let last = 0
  let missing = 0

  const applyFilter = () => {
    const { text, method, outcome, mistakes } = Object.fromEntries(new FormData(filter))
    const words = text.toLowerCase().split(/\s+/)
    for (const [item, { entry, searched }] of entries) {
      item.hidden = !(
        words.every((word) => searched.includes(word)) &&
        (!method || entry.method === method) &&
        (!outcome || isOutcome(entry, outcome)) &&
        (!mistakes || !entry.verdict.right)
      )
    }
    const shown = [...entries.keys()].filter(({ hidden }) => !hidden).length
    const isFiltered = Boolean(text.trim() || method || outcome || mistakes)
    const count = isFiltered ? `${shown} of ${entries.size}` : String(entries.size)
    byId('journal-count').textContent =
      missing > 0 ? `${count}, and ${missing} that Redis did not take` : count
    list.hidden = shown === 0
    byId('no-requests').hidden = entries.size > 0
    byId('no-matches').hidden = shown > 0 || entries.size === 0
    byId('clear-journal').disabled = entries.size === 0
    refreshTabStop()
  }
  const clear = () => {
    list.replaceChildren()
    entries.clear()
    applyFilter()
  }
  const poll = async () => {
    const signal = AbortSignal.timeout(longestPoll)
    const answer = await control(`requests?after=${last}`, { signal })
    const isFirst = journal === undefined
    const isRestarted = !isFirst && (answer.journal !== journal || answer.last < last)
    journal = answer.journal
    if (isRestarted) {
      last = 0
      clear()
      onChange()
      return
    }
    const { requests, missing: notTaken = 0 } = answer
    last = answer.last
    const isSame = notTaken === missing
    missing = notTaken
    if (requests.length === 0 && isSame) return
    if (!isFirst && requests.some(isChange)) onChange()
    for (const entry of requests) {
      const item = requestItem(entry)
      entries.set(item, { entry, searched: JSON.stringify(entry).toLowerCase() })
      list.prepend(item)
    }
    while (list.children.length > mostShown) {
      entries.delete(list.lastChild)
      list.lastChild.remove()
    }
    applyFilter()
  }
  filter.addEventListener('input', applyFilter)
  filter.addEventListener('submit', (event) => event.preventDefault())
  filter.addEventListener('reset', () => setTimeout(applyFilter))
  byId('clear-journal').addEventListener('click', async () => {
    await control('requests', { method: 'DELETE' })
    clear()
  })
  applyFilter()
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

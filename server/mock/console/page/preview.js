import { controlHeaders } from './control.js'
import { byId } from './elements.js'
import { createPages } from './pdf-pages.js'

/**
 * The report that a persona gets. It is no call of a client: no scenario is played, and the journal has no entry.
 * It is requested once the preview is near the view. Call the result with a persona and a workspace.
 */
export function createPreview() {
  const container = byId('pages')
  const pages = createPages(container)
  let wanted
  let isSeen = false
  let current = new AbortController()

  const load = async () => {
    const { persona, workspace } = wanted
    wanted = undefined
    current.abort()
    current = new AbortController()
    const { signal } = current
    announce('Loading the report…')
    container.ariaBusy = 'true'
    try {
      const { blob, name } = await fetchReport(persona, workspace, signal)
      const pageCount = await pages.show(await blob.arrayBuffer(), signal)
      link(blob, name)
      announce(`${count(pageCount, 'page')} · ${blob.size.toLocaleString('en')} bytes as ${persona}`)
    } catch (error) {
      if (signal.aborted) return
      pages.clear()
      link()
      announce(error.message, 'error')
    }
    container.hidden = container.children.length === 0
    container.ariaBusy = 'false'
  }

  new IntersectionObserver(
    ([{ isIntersecting }]) => {
      isSeen = isIntersecting
      if (isSeen && wanted) load()
    },
    { rootMargin: '50% 0px' },
  ).observe(byId('preview'))

  return (persona, workspace) => {
    wanted = { persona, workspace }
    return isSeen ? load() : undefined
  }
}

async function fetchReport(persona, workspace, signal) {
  const query = new URLSearchParams({ persona })
  const options = { headers: controlHeaders(), signal, cache: 'no-store' }
  const response = await fetch(`/_mock/workspaces/${workspace}/usage.pdf?${query}`, options).catch(
    (error) => {
      signal.throwIfAborted()
      throw new Error(`The mock does not respond (${error.message}).`)
    },
  )
  if (!response.ok) {
    const { detail } = await response.json().catch(() => ({}))
    throw new Error(`${response.status}: ${detail ?? 'no report.'}`)
  }
  const [, name = 'usage.pdf'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition')) ?? []
  return { blob: await response.blob(), name }
}

/** Links to the file; without one, the links are hidden. */
function link(blob, name = '') {
  const open = byId('preview-open')
  const download = byId('preview-download')
  if (open.href.startsWith('blob:')) URL.revokeObjectURL(open.href)
  const href = blob ? URL.createObjectURL(blob) : '#preview'
  for (const anchor of [open, download]) {
    anchor.hidden = !blob
    anchor.href = href
  }
  download.download = name
}

function announce(text, kind = 'note') {
  const note = byId('preview-note')
  note.className = kind
  note.textContent = text
}

const count = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`

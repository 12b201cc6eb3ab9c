import { control, controlHeaders } from './control.js'
import { byId, fillSelect } from './elements.js'
import { figureTable } from './figures.js'

/** The editable figures of a workspace, beside the report that the selected persona gets. */
export async function startReport(personas) {
  const select = byId('workspace')
  const { types: productTypes } = await control('product-types')
  const listWorkspaces = async () => {
    const { workspaces } = await control('workspaces')
    fillSelect(
      select,
      workspaces.map(({ id, name, archived }) => [id, `${name}${archived ? ' (archived)' : ''}`]),
    )
  }
  const showData = async () => {
    const figures = await control(`workspaces/${select.value}`)
    const { workspace, organizations } = figures
    byId('workspace-note').textContent =
      `${workspace.id} · ${organizations.length} organizations · ${workspace.billing_mode} billing`
    const data = byId('data')
    const edited = data.contains(document.activeElement) && document.activeElement.ariaLabel
    data.replaceChildren(figureTable(figures, productTypes, change))
    if (edited) data.querySelector(`[aria-label=${JSON.stringify(edited)}]`)?.focus()
  }
  const change = async (organization, figures, input) => {
    try {
      await control(`workspaces/${select.value}/organizations/${organization}`, {
        method: 'PATCH',
        body: figures,
      })
      input.setCustomValidity('')
    } catch ({ message }) {
      input.setCustomValidity(message)
      input.reportValidity()
    }
    await Promise.all([refreshTotals(), showReport(personas.chosen(), select.value)])
  }
  const refreshTotals = async () => {
    const { organizations } = await control(`workspaces/${select.value}`)
    for (const { id, usage } of organizations) {
      for (const cell of byId('data').querySelectorAll(`[data-subtree="${CSS.escape(id)}"]`)) {
        cell.textContent = usage.subtree_usage[cell.dataset.type] ?? '–'
      }
    }
  }
  const show = () => Promise.all([showData(), showReport(personas.chosen(), select.value)])
  const reload = async () => {
    await listWorkspaces()
    await show()
  }
  select.addEventListener('change', () => {
    localStorage.setItem('workspace', select.value)
    show()
  })
  personas.onChange(() => showReport(personas.chosen(), select.value))
  await listWorkspaces()
  const known = localStorage.getItem('workspace')
  if ([...select.options].some(({ value }) => value === known)) select.value = known
  await show()
  return { reload }
}

let currentRequest
/** Shows the report that the persona gets. It is no call of a client: no scenario is played, and the journal has no entry. */
async function showReport(persona, workspace) {
  currentRequest?.abort()
  currentRequest = new AbortController()
  const { signal } = currentRequest
  const frame = byId('preview').querySelector('iframe')
  const note = byId('preview-note')
  const link = byId('preview-open')
  link.hidden = true
  note.textContent = 'Rendering…'
  try {
    const query = new URLSearchParams({ persona })
    const response = await fetch(`/_mock/workspaces/${workspace}/usage.pdf?${query}`, {
      headers: controlHeaders(),
      signal,
      cache: 'no-store',
    })
    if (!response.ok) {
      const { detail } = await response.json()
      frame.removeAttribute('src')
      frame.hidden = true
      note.textContent = `${response.status}: ${detail}`
      return
    }
    const blob = await response.blob()
    URL.revokeObjectURL(frame.dataset.blob ?? '')
    frame.dataset.blob = URL.createObjectURL(blob)
    link.href = frame.dataset.blob
    link.hidden = false
    // Browsers without a PDF viewer (on phones, for instance) would leave the frame blank.
    frame.hidden = !navigator.pdfViewerEnabled
    if (!frame.hidden) frame.src = `${frame.dataset.blob}#toolbar=0&navpanes=0&view=FitH`
    note.textContent = `${blob.size.toLocaleString('en')} bytes as ${persona}`
  } catch (error) {
    if (signal.aborted) return
    frame.hidden = true
    note.textContent = `No response: ${error.message}`
  }
}

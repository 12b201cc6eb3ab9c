import { control, tokenFor } from './control.js'
import { byId, fillSelect } from './elements.js'
import { figureTable } from './figures.js'

/** The figures of a workspace, to be edited, beside the report that the chosen persona gets. */
export async function startReport(personas) {
  const select = byId('workspace')
  const listWorkspaces = async () => {
    const { workspaces } = await control('workspaces')
    fillSelect(
      select,
      workspaces.map(({ id, name, archived }) => [id, `${name}${archived ? ' (archived)' : ''}`]),
    )
  }
  const showData = async () => {
    const held = await control(`workspaces/${select.value}`)
    const { workspace, organizations } = held
    byId('workspace-note').textContent =
      `${workspace.id} · ${organizations.length} organizations · ${workspace.billing_mode} billing`
    const data = byId('data')
    const edited = data.contains(document.activeElement) && document.activeElement.ariaLabel
    data.replaceChildren(figureTable(held, change))
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

let shown
/** As the client would: the operation itself, with a token of the persona. */
async function showReport(persona, workspace) {
  shown?.abort()
  shown = new AbortController()
  const { signal } = shown
  const frame = byId('preview').querySelector('iframe')
  const note = byId('preview-note')
  const link = byId('preview-open')
  link.hidden = true
  note.textContent = 'Rendering…'
  try {
    const headers = { authorization: `Bearer ${await tokenFor(persona)}` }
    const answer = await fetch(`/workspaces/${workspace}/organizations/usage.pdf`, {
      headers,
      signal,
      cache: 'no-store',
    })
    const by = answer.headers.get('x-mock-scenario')
    if (!answer.ok) {
      const { detail } = await answer.json()
      frame.removeAttribute('src')
      frame.hidden = true
      note.textContent = `${answer.status}: ${detail}`
      return
    }
    const blob = await answer.blob()
    URL.revokeObjectURL(frame.dataset.blob ?? '')
    frame.dataset.blob = URL.createObjectURL(blob)
    link.href = frame.dataset.blob
    link.hidden = false
    // Browsers without a viewer (phones, some windows) leave the frame blank.
    frame.hidden = !navigator.pdfViewerEnabled
    if (!frame.hidden) frame.src = `${frame.dataset.blob}#toolbar=0&navpanes=0&view=FitH`
    note.textContent = `${blob.size.toLocaleString('en')} bytes as ${persona}${by ? `, spoiled by ${by}` : ''}`
  } catch (error) {
    if (signal.aborted) return
    frame.hidden = true
    note.textContent = `The client got no answer: ${error.message}`
  }
}

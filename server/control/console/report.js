import { control, tokenFor } from './control.js'
import { byId, element, fillSelect } from './elements.js'

const mostRows = 200

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
    const { workspace, types, organizations } = held
    byId('workspace-note').textContent =
      `${workspace.id} · ${organizations.length} organizations · ${workspace.billing_mode} billing`
    const data = byId('data')
    const edited = data.contains(document.activeElement) && document.activeElement.ariaLabel
    data.replaceChildren(dataTable(held, types.length > 0 ? types : ['locations', 'users'], change))
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

function dataTable({ organizations }, types, change) {
  if (organizations.length === 0)
    return element('p', { class: 'note' }, 'This workspace has no organizations.')
  const head = [
    element(
      'tr',
      {},
      element('th', { scope: 'col', rowspan: 2 }, 'Organization'),
      ...types.map((type) => element('th', { scope: 'colgroup', colspan: 3, class: 'type' }, type)),
    ),
    element(
      'tr',
      {},
      ...types.flatMap(() =>
        ['used', 'in all', 'limit'].map((text) => element('th', { scope: 'col' }, text)),
      ),
    ),
  ]
  const rows = organizations.slice(0, mostRows).map((organization) => dataRow(organization, types, change))
  const rest = organizations.length - rows.length
  return element(
    'table',
    {},
    element(
      'caption',
      {},
      rest > 0
        ? `The first ${mostRows}; ${rest} more are in the report.`
        : 'Edit a number and see the report change.',
    ),
    element('thead', {}, ...head),
    element('tbody', {}, ...rows),
  )
}

function dataRow({ id, name, depth, usage, limits }, types, change) {
  const number = (label, value, placeholder, figures) => {
    const onchange = ({ target }) =>
      change(id, figures(target.value === '' ? null : Number(target.value)), target)
    return element('input', {
      type: 'number',
      min: 0,
      step: 1,
      value,
      placeholder,
      'aria-label': label,
      onchange,
    })
  }
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: `depth-${Math.min(depth, 9)}` }, name),
    ...types.flatMap((type) => [
      element(
        'td',
        {},
        number(`${type} used by ${name}`, usage.usage[type] ?? 0, '0', (value) => ({
          usage: { [type]: value ?? 0 },
        })),
      ),
      element('td', { 'data-subtree': id, 'data-type': type }, String(usage.subtree_usage[type] ?? '–')),
      element(
        'td',
        {},
        number(`limit of ${type} for ${name}`, limits[type] ?? undefined, 'none', (value) => ({
          limits: { [type]: value },
        })),
      ),
    ]),
  )
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

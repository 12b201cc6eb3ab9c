import { control } from './control.js'
import { byId, fillSelect } from './elements.js'
import { cellsOfRow, figureTable } from './figures.js'
import { createPreview } from './preview.js'
import { moveByArrows } from './roving.js'

/** The editable figures of a workspace, and below them the report that the selected persona gets. */
export async function startReport(personas) {
  const select = byId('workspace')
  const data = byId('data')
  const { types: productTypes } = await control('product-types')
  const showPreview = createPreview()
  const showReport = () => showPreview(personas.chosen(), select.value)
  const refreshTabStop = moveByArrows(data, 'input', { columns: () => cellsOfRow(data) })
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
    const { length } = organizations
    byId('workspace-note').textContent =
      `${workspace.id} · ${length} organization${length === 1 ? '' : 's'} · ${workspace.billing_mode} billing`
    const edited = data.querySelector('input:focus')
    data.replaceChildren(...figureTable(figures, productTypes, change))
    refreshTabStop()
    const again = data.querySelector(`input[aria-label=${JSON.stringify(edited?.ariaLabel ?? '')}]`)
    again?.focus()
    // What is being typed stays.
    if (again && edited.value !== edited.defaultValue) again.value = edited.value
  }
  const change = async (organization, figures, input) => {
    try {
      await control(`workspaces/${select.value}/organizations/${organization}`, {
        method: 'PATCH',
        body: figures,
      })
      input.defaultValue = input.value
    } catch ({ message }) {
      input.setCustomValidity(message)
      input.reportValidity()
    }
    showReport()
    await refreshTotals()
  }
  const refreshTotals = async () => {
    const { organizations } = await control(`workspaces/${select.value}`)
    for (const { id, usage } of organizations) {
      for (const cell of data.querySelectorAll(`[data-subtree="${CSS.escape(id)}"]`)) {
        cell.textContent = usage.subtree_usage[cell.dataset.type] ?? '–'
      }
    }
  }
  const show = () => {
    showReport()
    return showData()
  }
  const reload = async () => {
    await listWorkspaces()
    await show()
  }
  select.addEventListener('change', () => {
    localStorage.setItem('workspace', select.value)
    show()
  })
  personas.onChange(showReport)
  await listWorkspaces()
  const known = localStorage.getItem('workspace')
  if ([...select.options].some(({ value }) => value === known)) select.value = known
  await show()
  return { reload }
}

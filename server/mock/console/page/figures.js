import { element } from './elements.js'

const mostRows = 200

/**
 * The table of a workspace's figures, after a hint. `change` is called with the organization's id, the edited figures and the
 * input element.
 */
export function figureTable({ organizations, types: used }, productTypes, change) {
  // Without any figures, the table has room to enter some for the first two.
  const types = used.length > 0 ? used : productTypes.slice(0, 2).map(({ key }) => key)
  const labels = new Map(productTypes.map(({ key, label }) => [key, label]))
  if (organizations.length === 0)
    return [element('p', { class: 'empty' }, 'This workspace has no organizations: the report says so.')]
  const head = [
    element(
      'tr',
      {},
      element('th', { scope: 'col', rowspan: 2 }, 'Organization'),
      ...types.map((type) =>
        element('th', { scope: 'colgroup', colspan: 3, class: 'type' }, labels.get(type) ?? type),
      ),
    ),
    element(
      'tr',
      {},
      ...types.flatMap(() => [
        element('th', { scope: 'col', class: 'first' }, 'direct'),
        element('th', { scope: 'col' }, 'subtree'),
        element('th', { scope: 'col' }, 'limit'),
      ]),
    ),
  ]
  const rows = organizations.slice(0, mostRows).map((organization) => figureRow(organization, types, change))
  const rest = organizations.length - rows.length
  const hint = 'Edit a figure to see the report change. Arrow keys move between them.'
  return [
    element(
      'p',
      { class: 'note', id: 'figures-hint' },
      rest > 0 ? `${hint} The report has ${rest} more organizations.` : hint,
    ),
    element(
      'div',
      { class: 'scroll' },
      element(
        'table',
        { role: 'grid', 'aria-label': 'Figures', 'aria-describedby': 'figures-hint' },
        element('thead', {}, ...head),
        element('tbody', {}, ...rows),
      ),
    ),
  ]
}

/** How many inputs a row of the table has. */
export const cellsOfRow = (table) => table.querySelectorAll('tbody tr:first-child input').length

function figureRow({ id, name, depth, usage, limits }, types, change) {
  const number = (label, value, placeholder, figures) =>
    numberInput({ value, placeholder, 'aria-label': label }, (number, input) =>
      change(id, figures(number), input),
    )
  return element(
    'tr',
    {},
    element('th', { scope: 'row', class: `depth-${Math.min(depth, 9)}` }, name),
    ...types.flatMap((type) => [
      element(
        'td',
        { class: 'first' },
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

/** Calls `change` with a number, or null where the input was emptied. Escape restores the value. */
function numberInput(attributes, change) {
  // Of an input of type number, the caret's place cannot be read, by which arrow keys leave it.
  return element('input', {
    inputmode: 'numeric',
    autocomplete: 'off',
    tabindex: -1,
    ...attributes,
    onfocus: ({ target }) => target.select(),
    oninput: ({ target }) => target.setCustomValidity(''),
    onchange: ({ target }) => {
      const text = target.value.trim()
      if (/^\d*$/.test(text)) return change(text === '' ? null : Number(text), target)
      target.setCustomValidity('Enter a whole number.')
      target.reportValidity()
    },
    onkeydown: ({ key, target }) => {
      if (key !== 'Escape') return
      target.value = target.defaultValue
      target.setCustomValidity('')
      target.select()
    },
  })
}

import { element } from './elements.js'

const mostRows = 200

/**
 * The table of a workspace's figures. `change` is called with the organization's id, the edited figures and the
 * input element.
 */
export function figureTable({ organizations, types: used }, productTypes, change) {
  // Without any figures, the table has room to enter some for the first two.
  const types = used.length > 0 ? used : productTypes.slice(0, 2).map(({ key }) => key)
  const labels = new Map(productTypes.map(({ key, label }) => [key, label]))
  if (organizations.length === 0)
    return element('p', { class: 'note' }, 'This workspace has no organizations.')
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
      ...types.flatMap(() =>
        ['direct', 'subtree', 'limit'].map((text) => element('th', { scope: 'col' }, text)),
      ),
    ),
  ]
  const rows = organizations.slice(0, mostRows).map((organization) => figureRow(organization, types, change))
  const rest = organizations.length - rows.length
  return element(
    'table',
    {},
    element(
      'caption',
      {},
      rest > 0
        ? `The first ${mostRows} organizations; the report has ${rest} more.`
        : 'Edit a figure to see the report change.',
    ),
    element('thead', {}, ...head),
    element('tbody', {}, ...rows),
  )
}

function figureRow({ id, name, depth, usage, limits }, types, change) {
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

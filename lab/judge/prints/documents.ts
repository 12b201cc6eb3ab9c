import type { ReportRow, RowFigures, Wording } from '../corpus/mutations.ts'

/** The body of a page that shows the rows. */
export type Document = (rows: ReportRow[], style: Wording) => string

const text = (source: string) => source.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const cells = (tag: 'td' | 'th', list: string[]) =>
  list.map((each) => `<${tag}>${text(each)}</${tag}>`).join('')
const usagesOf = ({ shows }: Wording): ('direct' | 'subtree')[] =>
  shows === 'both' ? ['direct', 'subtree'] : [shows]
const keysOf = (style: Wording): (keyof RowFigures)[] => [...usagesOf(style), 'limit']
const nameOf = ({ name = 'Organization' }: Wording) => name
const indented = ({ name, depth }: ReportRow) =>
  `<td style="padding-left:${4 + depth * 12}px">${text(name)}</td>`

/** A column for each figure, its type and role in one head. */
const flat: Document = (rows, style) => {
  const types = Object.entries(style.types)
  const head = types.flatMap(([, label]) =>
    keysOf(style).map((key) => `${label} ${style[key].toLowerCase()}`),
  )
  const body = rows.map(
    (row) =>
      `<tr>${cells('td', [row.name, ...types.flatMap(([type]) => keysOf(style).map((key) => row.figures[type]![key]))])}</tr>`,
  )
  return `<table><thead><tr>${cells('th', [nameOf(style), ...head])}</tr></thead>${body.join('')}</table>`
}

/** The role alone heads every second column, the type spans them. */
const spanned: Document = (rows, style) => {
  const types = Object.entries(style.types)
  const keys = keysOf(style)
  const spans = types.map(([, label]) => `<th colspan=${keys.length}>${text(label)}</th>`).join('')
  const body = rows.map(
    (row) =>
      `<tr>${indented(row)}${cells(
        'td',
        types.flatMap(([type]) => keys.map((key) => row.figures[type]![key])),
      )}</tr>`,
  )
  return `<table><thead><tr><th rowspan=2>${nameOf(style)}</th>${spans}</tr><tr>${cells(
    'th',
    types.flatMap(() => keys.map((key) => style[key])),
  )}</tr></thead>${body.join('')}</table>`
}

/** The type heads its usage, "Limit" the column beside it. */
const alternating: Document = (rows, style) => {
  const types = Object.entries(style.types)
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const body = rows.map(
    (row) =>
      `<tr>${cells('td', [row.name, ...types.flatMap(([type]) => [row.figures[type]![usage], row.figures[type]!.limit])])}</tr>`,
  )
  return `<table><tr>${cells('th', [nameOf(style), ...types.flatMap(([, label]) => [label, style.limit])])}</tr>${body.join('')}</table>`
}

const ratio = ({ limit }: RowFigures, usage: string, joint: string, { none, zero }: Wording) =>
  limit === none || limit === zero ? `${usage} (${limit})` : `${usage} ${joint} ${limit}`

/** Usage and limit in one cell, a column for each type. */
const ratios =
  (joint: string): Document =>
  (rows, style) => {
    const types = Object.entries(style.types)
    const [usage] = usagesOf(style) as ['direct' | 'subtree']
    const body = rows.map(
      (row) =>
        `<tr>${indented(row)}${cells(
          'td',
          types.map(([type]) => ratio(row.figures[type]!, row.figures[type]![usage], joint, style)),
        )}</tr>`,
    )
    return `<table><tr>${cells('th', [nameOf(style), ...types.map(([, label]) => label)])}</tr>${body.join('')}</table>`
  }

/** A row for each type, the name in the first. */
const long: Document = (rows, style) => {
  const keys = keysOf(style)
  const types = Object.entries(style.types)
  const body = rows.flatMap((row) =>
    types.map(
      ([type, label], at) =>
        `<tr>${at === 0 ? `<td rowspan=${types.length}>${text(row.name)}</td>` : ''}${cells('td', [label, ...keys.map((key) => row.figures[type]![key])])}</tr>`,
    ),
  )
  return `<table><tr>${cells('th', [nameOf(style), '', ...keys.map((key) => style[key])])}</tr>${body.join('')}</table>`
}

/** A table for each type under its heading. */
const sections: Document = (rows, style) => {
  const keys = keysOf(style)
  return Object.entries(style.types)
    .map(
      ([type, label]) =>
        `<h2>${text(label)}</h2><table><tr>${cells('th', [nameOf(style), ...keys.map((key) => style[key])])}</tr>${rows
          .map((row) => `<tr>${cells('td', [row.name, ...keys.map((key) => row.figures[type]![key])])}</tr>`)
          .join('')}</table>`,
    )
    .join('')
}

/** Cards in a grid of so many columns. */
const cards =
  (columns: number): Document =>
  (rows, style) => {
    const [usage] = usagesOf(style) as ['direct' | 'subtree']
    const card = ({ name, parent, figures }: ReportRow) =>
      `<div style="break-inside:avoid"><h3>${text(name)}</h3>${parent ? `<small>${text(parent)}</small>` : ''}${Object.entries(
        style.types,
      )
        .map(
          ([type, label]) =>
            `<div>${text(label)}: ${text(ratio(figures[type]!, figures[type]![usage], '/', style))}</div>`,
        )
        .join('')}</div>`
    return `<div style="display:grid;grid-template-columns:repeat(${columns},1fr);gap:10px">${rows.map(card).join('')}</div>`
  }

/** The limit below the figure in its cell. */
const stacked: Document = (rows, style) => {
  const types = Object.entries(style.types)
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const cell = (figures: RowFigures) =>
    `<td>${text(figures[usage])}<br><small>${text(style.limit.toLowerCase())} ${text(figures.limit)}</small></td>`
  const body = rows.map(
    (row) => `<tr><td>${text(row.name)}</td>${types.map(([type]) => cell(row.figures[type]!)).join('')}</tr>`,
  )
  return `<table><tr>${cells('th', [nameOf(style), ...types.map(([, label]) => label)])}</tr>${body.join('')}</table>`
}

/** A list item for each organization. */
const list: Document = (rows, style) => {
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const item = ({ name, depth, figures }: ReportRow) =>
    `<li style="margin-left:${depth * 14}px">${text(name)}: ${Object.entries(style.types)
      .map(
        ([type, label]) => `${text(label)} ${text(ratio(figures[type]!, figures[type]![usage], '/', style))}`,
      )
      .join(', ')}</li>`
  return `<ul>${rows.map(item).join('')}</ul>`
}

/** Definition lists below a heading. */
const definitions: Document = (rows, style) =>
  rows
    .map(
      ({ name, figures }) =>
        `<h3>${text(name)}</h3><table>${Object.entries(style.types)
          .flatMap(([type, label]) =>
            keysOf(style).map(
              (key) =>
                `<tr>${cells('td', [`${label} – ${style[key].toLowerCase()}`, figures[type]![key]])}</tr>`,
            ),
          )
          .join('')}</table>`,
    )
    .join('')

/** Ways to show a report as a web page. */
export const documents: Record<string, Document> = {
  flat,
  spanned,
  alternating,
  slashes: ratios('/'),
  ofs: ratios('of'),
  long,
  sections,
  cards2: cards(2),
  cards3: cards(3),
  stacked,
  list,
  definitions,
}

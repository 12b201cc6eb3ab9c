import { type Layout, title } from './blocks.ts'
import type { Content, Figure } from './content.ts'
import type { Column, PdfPage } from './pdf-page.ts'
import { limitText } from './style.ts'

const right = (width: number): Column => ({ width, align: 'right' })

const start = (sheet: PdfPage, content: Content): boolean => {
  sheet.page()
  title(sheet, content)
  if (content.entries.length === 0) sheet.text('P', 'This workspace has no organizations yet.', 11)
  return content.entries.length > 0
}

/** A table for each product type; an organization stands in those that concern it. */
export const tables: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const columns = [{ width: 0.52 }, right(0.16), right(0.16), right(0.16)]
  const { number, product } = sheet.style
  for (const [type] of content.totals) {
    const head = () => sheet.row(columns, [product(type), 'Direct', 'Subtree', 'Limit'], 10, true)
    sheet.keep(90)
    sheet.text('H2', product(type), 14, { bold: true })
    head()
    for (const { name, figures } of content.entries) {
      const figure = figures.find((one) => one.type === type)
      if (!figure) continue
      if (sheet.keep(24)) head()
      const cells = [
        name,
        number(figure.direct),
        number(figure.subtree),
        limitText(figure.limit, sheet.style),
      ]
      sheet.row(columns, cells, 10)
    }
  }
}

/** One sentence for each figure below the organization's name. */
export const sentences: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const { number, product } = sheet.style
  for (const { name, figures } of content.entries) {
    sheet.keep(34 + figures.length * 18)
    sheet.text('H2', name, 12, { bold: true })
    if (figures.length === 0) sheet.text('P', 'Uses nothing.', 10)
    for (const { type, subtree, limit } of figures) {
      const bound = limit === null ? 'without a limit' : `with a limit of ${limitText(limit, sheet.style)}`
      sheet.text('P', `${product(type)}: ${number(subtree)} in use, ${bound}.`, 10, { indent: 14 })
    }
  }
}

/** Used and limit in one cell, and how much that is in percent. */
export const ratios: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const types = content.totals.map(([type]) => type)
  const columns = [{ width: 0.34 }, ...types.map(() => right(0.66 / types.length))]
  const head = () => sheet.row(columns, ['Organization', ...types.map(sheet.style.product)], 10, true)
  head()
  for (const { name, figures } of content.entries) {
    if (sheet.keep(40)) head()
    sheet.row(
      columns,
      [
        name,
        ...types.map((type) =>
          ratio(
            sheet,
            figures.find((one) => one.type === type),
          ),
        ),
      ],
      10,
    )
  }
}

function ratio({ style }: PdfPage, figure: Figure | undefined): string {
  if (!figure) return '0 / -'
  const { subtree, limit } = figure
  const share = limit ? ` (${Math.round((100 * subtree) / limit)} %)` : ''
  return `${style.number(subtree)} / ${limitText(limit, style)}${share}`
}

/** One wide row for each organization, three columns for each product type. */
export const wide: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const types = content.totals.map(([type]) => type)
  const columns = [{ width: 0.28 }, ...types.flatMap(() => [right(0.08), right(0.08), right(0.08)])]
  const names = types.flatMap((type) => [sheet.style.product(type), 'subtree', 'limit'])
  const head = () => sheet.row(columns, ['Organization', ...names], 8, true)
  head()
  for (const { name, figures } of content.entries) {
    if (sheet.keep(26)) head()
    const cells = types.flatMap((type) => {
      const figure = figures.find((one) => one.type === type)
      if (!figure) return ['0', '0', sheet.style.noLimit]
      const { direct, subtree, limit } = figure
      return [sheet.style.number(direct), sheet.style.number(subtree), limitText(limit, sheet.style)]
    })
    sheet.row(columns, [name, ...cells], 9)
  }
}

/** A framed card for each organization, white on dark at its head. */
export const cards: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const { document, style } = sheet
  for (const { name, figures } of content.entries) {
    sheet.keep(50 + figures.length * 18)
    sheet.artifact(() => document.rect(56, document.y, sheet.width, 22).fill('#22384f'))
    document.y += 5
    document.fillColor('#ffffff')
    sheet.text('H2', name, 11, { bold: true, indent: 8 })
    document.fillColor(style.color)
    document.y += 5
    for (const { type, direct, limit } of figures) {
      const used = `${style.product(type)} used: ${style.number(direct)}`
      sheet.row(
        [{ width: 0.03 }, { width: 0.45 }, { width: 0.5 }],
        ['', used, `Limit: ${limitText(limit, style)}`],
        10,
      )
    }
    document.y += 10
  }
}

/** One line a product type below the name, each figure behind its label. */
export const labelledRows: Layout = (sheet, content) => {
  if (!start(sheet, content)) return
  const columns = [{ width: 0.2 }, ...Array.from({ length: 6 }, () => ({ width: 0.13 }))]
  for (const { name, figures } of content.entries) {
    sheet.keep(34 + figures.length * 18)
    sheet.text('H2', name, 12, { bold: true })
    for (const { type, direct, subtree, limit } of figures) {
      const { number, product } = sheet.style
      const cells = [
        'Direct:',
        number(direct),
        'Subtree:',
        number(subtree),
        'Limit:',
        limitText(limit, sheet.style),
      ]
      sheet.row(columns, [product(type), ...cells], 10)
    }
  }
}

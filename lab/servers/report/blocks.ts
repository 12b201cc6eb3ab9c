import type { Content, Entry } from './content.ts'
import type { Column, PdfPage } from './pdf-page.ts'
import { limitText } from './style.ts'

/** Fills a sheet with a report. */
export type Layout = (sheet: PdfPage, content: Content) => void

const columns: Column[] = [
  { width: 0.4 },
  { width: 0.18, align: 'right' },
  { width: 0.24, align: 'right' },
  { width: 0.18, align: 'right' },
]
const headings = ['Organization and product', 'Own use', 'With branches', 'Limit']

/** The baseline: a block for each organization, its name above one line for each product type. */
export const blocks: Layout = (sheet, content) => {
  sheet.page()
  title(sheet, content)
  if (content.entries.length === 0) {
    sheet.text('P', 'There are no organizations in this workspace.', 11)
    return
  }
  head(sheet)
  for (const entry of content.entries) block(sheet, entry)
  totals(sheet, content)
}

export function title(sheet: PdfPage, content: Content): void {
  sheet.text('H1', content.title, 20, { bold: true })
  sheet.text('P', content.workspaceName, 13)
  sheet.text('P', `Workspace ${content.workspaceId}, as of ${content.asOf}`, 9)
  sheet.document.y += 8
}

function head(sheet: PdfPage): void {
  sheet.row(columns, headings, 9, true)
  sheet.rule()
}

/** An organization: its name above one line for each product type. */
export function block(sheet: PdfPage, { name, depth, figures }: Entry): void {
  if (sheet.keep(24 + figures.length * 16)) head(sheet)
  const indent = '\u00a0'.repeat(depth * 3)
  sheet.row([{ width: 1 }], [indent + name], 11, true)
  for (const { type, direct, subtree, limit } of figures) {
    const { number, product } = sheet.style
    const cells = [
      `${indent}   ${product(type)}`,
      number(direct),
      number(subtree),
      limitText(limit, sheet.style),
    ]
    sheet.row(columns, cells, 10)
  }
  sheet.document.y += 5
}

function totals(sheet: PdfPage, content: Content): void {
  sheet.keep(40)
  sheet.rule()
  for (const [type, count] of content.totals) {
    const { number, product } = sheet.style
    sheet.row(columns, [`Total own use, ${product(type)}`, number(count), '', ''], 10, true)
  }
}

import type { Flow } from './flow.ts'
import type { Element } from './pdf/structure-tree.ts'
import { color, contentWidth, page, rgb, size } from './style.ts'
import type { Weight } from './text/faces.ts'
import { clustersOf } from './text/legible.ts'

export interface Column {
  title: string
  align: 'left' | 'right'
  /** In points, without the gap before the next column. */
  width: number
}

interface Placed extends Column {
  x: number
}

const gap = 12
export const headHeight = 18
export const lineHeight = 12
const smallest = 6.5

/**
 * A table whose rows are written one after another: headings are repeated on each page, and no row is split. Rows are
 * written as page content directly, since laying out tens of thousands of cells takes long and decides nothing.
 */
export class Table {
  readonly flow: Flow
  readonly columns: Placed[]
  /** Where the last column ends. */
  readonly right: number
  private readonly element: Element
  private readonly body: Element
  private hasHead = false

  /** Distributes the width that the columns leave over among them, within bounds. */
  constructor(flow: Flow, parent: Element, columns: Column[]) {
    this.flow = flow
    const { structure } = flow.document
    const taken = columns.reduce((sum, { width }) => sum + width, 0) + gap * (columns.length - 1)
    // Wide gaps make a row hard to follow. Where width is missing, the first column gets narrower.
    const spare = Math.max(0, Math.min((contentWidth - taken) / columns.length, 44))
    const missing = Math.max(0, taken - contentWidth)
    let x: number = page.left
    this.columns = columns.map((column, index) => {
      const width = column.width + spare - (index === 0 ? missing : 0)
      const placed = { ...column, x, width }
      x += width + gap
      return placed
    })
    this.right = x - gap
    this.element = structure.open('Table', parent)
    this.drawHead()
    this.body = structure.open('TBody', this.element)
  }

  /** Makes room for a block of rows that stay on one page. Returns its top. */
  begin(height: number): number {
    if (this.flow.ensure(height)) this.drawHead()
    return this.flow.y
  }

  row(): Element {
    return this.flow.document.structure.open('TR', this.body)
  }

  /** Operators that show text in a column; `y` is the top of the line. */
  text(at: number, text: string, y: number, ink: string = color.ink, weight: Weight = 400): string {
    const { document } = this.flow
    const { align, width, x } = this.columns[at]!
    const fitted = Math.min(
      size.body,
      (size.body * width) / Math.max(1, document.width(text, weight, size.body)),
    )
    // A figure that is too wide is set smaller; a name is cut, since it stands in full in its own row.
    const shown = align === 'left' && fitted < smallest ? this.cut(text, weight, width) : text
    const points = shown === text ? fitted : smallest
    const start = align === 'right' ? x + width - document.width(text, weight, points) : x
    return document.show(document.type.line(shown, weight), start, y + 9, points, ink)
  }

  cell(row: Element, at: number, text: string, y: number, ink?: string, weight?: Weight): string {
    const { document } = this.flow
    const element = document.structure.open('TD', row)
    const content = document.tag(element, this.text(at, text, y, ink, weight))
    document.structure.close(element)
    return content
  }

  private cut(text: string, weight: Weight, width: number): string {
    const clusters = clustersOf(text).map((cluster) => cluster.text)
    while (
      clusters.length > 1 &&
      this.flow.document.width(`${clusters.join('')}…`, weight, smallest) > width
    ) {
      clusters.pop()
    }
    return `${clusters.join('')}…`
  }

  end(): void {
    const { structure } = this.flow.document
    structure.close(this.body)
    structure.close(this.element)
  }

  private drawHead(): void {
    const { document } = this.flow
    const { structure } = document
    const y = this.flow.y
    const rule = `${rgb(color.ink)} RG 0.8 w ${page.left} ${y + headHeight - 3} m ${this.right} ${y + headHeight - 3} l S`
    const heads = this.columns.map(({ title }, at) => this.text(at, title, y, color.muted, 600))
    if (this.hasHead)
      document.addContent(`/Artifact<</Type/Pagination/Subtype/Header>>BDC ${rule} ${heads.join(' ')} EMC`)
    else {
      const group = structure.open('THead', this.element)
      const row = structure.open('TR', group)
      const cells = heads.map((head) => {
        const cell = structure.open('TH', row, { scope: 'Column' })
        const content = document.tag(cell, head)
        structure.close(cell)
        return content
      })
      structure.close(row)
      structure.close(group)
      document.addContent(`/Artifact BMC ${rule} EMC ${cells.join(' ')}`)
    }
    this.hasHead = true
    this.flow.y += headHeight
  }
}

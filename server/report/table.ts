import type { Flow } from './flow.ts'
import { round } from './pdf/report-document.ts'
import type { Element } from './pdf/structure-tree.ts'
import { color, contentWidth, page, rgb, size } from './style.ts'
import type { Weight } from './text/faces.ts'
import { clustersOf } from './text/legible.ts'

export interface Column {
  title: string
  align: 'left' | 'right'
  /** In points, without the gap before the next column. */
  width: number
  /** Stands above this column and its neighbours of the same group. */
  group?: string
}

interface Placed extends Column {
  x: number
}

const gap = { columns: 12, grouped: 8, groups: 20 }
const groupHeight = 14
export const lineHeight = 12
const smallest = 6.5
const mostSpare = 24

/** What the headings of columns take from each page. */
export const headHeight = (columns: Column[]) =>
  18 + (columns.some(({ group }) => group !== undefined) ? groupHeight : 0)

/** What columns take side by side. */
export const widthOf = (columns: Column[]) =>
  columns.reduce((sum, { width }, at) => sum + width + gapBefore(columns, at), 0)

function gapBefore(columns: Column[], at: number): number {
  const group = columns[at]?.group
  if (at === 0) return 0
  if (group === undefined && columns[at - 1]?.group === undefined) return gap.columns
  return group === columns[at - 1]?.group ? gap.grouped : gap.groups
}

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

  /** Where width is missing, the first column gets narrower; where some is left over, wide gaps would make rows hard to follow. */
  constructor(flow: Flow, parent: Element, columns: Column[]) {
    this.flow = flow
    const { structure } = flow.document
    const left = contentWidth - widthOf(columns)
    const spare = Math.max(0, Math.min(left / columns.length, mostSpare))
    let x: number = page.left
    this.columns = columns.map((column, index) => {
      const width = column.width + spare + (index === 0 ? Math.min(0, left) : 0)
      x += gapBefore(columns, index)
      const placed = { ...column, x, width }
      x += width
      return placed
    })
    this.right = x
    this.element = structure.open('Table', parent)
    this.drawHead()
    this.body = structure.open('TBody', this.element)
  }

  /** Makes room for a block of rows that stay on one page, with what follows it there. Returns its top. */
  begin(height: number, follow = 0): number {
    if (this.flow.ensure(height + follow)) this.drawHead()
    return this.flow.y
  }

  row(): Element {
    return this.flow.document.structure.open('TR', this.body)
  }

  /** Operators that show text in a column; `y` is the top of the line. */
  text(
    at: number,
    text: string,
    y: number,
    ink: string = color.ink,
    weight: Weight = 400,
    most: number = size.body,
  ): string {
    const { document } = this.flow
    const { align, width, x } = this.columns[at]!
    const fitted = Math.min(most, (most * width) / Math.max(1, document.width(text, weight, most)))
    // A figure that is too wide is set smaller; a name is cut, since it stands in full in its own row.
    const shown = align === 'left' && fitted < smallest ? this.cut(text, weight, width) : text
    const points = shown === text ? fitted : smallest
    const start = align === 'right' ? x + width - document.width(text, weight, points) : x
    return document.show(document.type.line(shown, weight), start, y + 9, points, ink)
  }

  cell(
    row: Element,
    at: number,
    text: string,
    y: number,
    ink?: string,
    weight?: Weight,
    span: { colSpan?: number } = {},
  ): string {
    const { document } = this.flow
    const element = document.structure.open('TD', row, span)
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
    const top = this.flow.y
    const height = headHeight(this.columns)
    const groups = this.groups()
    const y = top + height - 18
    const rules = [
      `${rgb(color.ink)} RG 0.8 w ${page.left} ${round(top + height - 3)} m ${round(this.right)} ${round(top + height - 3)} l S`,
      ...groups.map(
        ({ x, width }) =>
          `${rgb(color.rule)} RG 0.5 w ${round(x)} ${round(y - 0.5)} m ${round(x + width)} ${round(y - 0.5)} l S`,
      ),
    ].join(' ')
    const titles = this.columns.map(({ title }, at) => this.text(at, title, y, color.muted, 600, size.head))
    const labels = groups.map(({ title, x, width }) => this.centred(title, x, width, top))
    if (this.hasHead)
      document.addContent(
        `/Artifact<</Type/Pagination/Subtype/Header>>BDC ${[rules, ...labels, ...titles].join(' ')} EMC`,
      )
    else
      document.addContent([`/Artifact BMC ${rules} EMC`, ...this.tagHead(groups, labels, titles)].join(' '))
    this.hasHead = true
    this.flow.y += height
  }

  /** The headings as elements: one row of them, or one of groups above one of columns. */
  private tagHead(groups: Group[], labels: string[], titles: string[]): string[] {
    const { document } = this.flow
    const { structure } = document
    const head = structure.open('THead', this.element)
    const tag = (row: Element, content: string, span: { rowSpan?: number; colSpan?: number } = {}) => {
      const cell = structure.open('TH', row, { scope: 'Column', ...span })
      const tagged = document.tag(cell, content)
      structure.close(cell)
      return tagged
    }
    const first = structure.open('TR', head)
    const second = groups.length > 0 ? structure.open('TR', head) : null
    const tagged = this.columns.flatMap(({ group }, at) => {
      if (!second || group === undefined) return [tag(first, titles[at]!, second ? { rowSpan: 2 } : {})]
      const begun = groups.findIndex(({ from }) => from === at)
      const label = begun < 0 ? [] : [tag(first, labels[begun]!, { colSpan: groups[begun]!.columns })]
      return [...label, tag(second, titles[at]!)]
    })
    for (const row of [first, second, head]) if (row) structure.close(row)
    return tagged
  }

  private groups(): Group[] {
    const groups: Group[] = []
    this.columns.forEach(({ group, x, width }, from) => {
      if (group === undefined) return
      const last = groups.at(-1)
      if (last?.title === group) Object.assign(last, { columns: last.columns + 1, width: x + width - last.x })
      else groups.push({ title: group, from, columns: 1, x, width })
    })
    return groups
  }

  private centred(text: string, x: number, width: number, y: number): string {
    const { document } = this.flow
    const taken = document.width(text, 600, size.body)
    const points = Math.min(size.body, (size.body * width) / taken)
    const start = x + Math.max(0, (width - taken) / 2)
    return document.show(document.type.line(text, 600), start, y + 9, points, color.ink)
  }
}

interface Group {
  title: string
  /** The first of its columns, and how many they are. */
  from: number
  columns: number
  x: number
  width: number
}

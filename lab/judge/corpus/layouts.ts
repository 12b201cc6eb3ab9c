import type { ReportRow, RowFigures, Wording } from './mutations.ts'
import { PageWriter } from './page-writer.ts'

/** Draws a report in one layout and wording. */
export type Draw = (rows: ReportRow[], style: Wording) => Promise<Buffer>

/** The usage figures that a wording shows. */
export const usagesOf = ({ shows }: Wording): ('direct' | 'subtree')[] =>
  shows === 'both' ? ['direct', 'subtree'] : [shows]
const columnsOf = (style: Wording): (keyof RowFigures)[] => [...usagesOf(style), 'limit', 'free']

/** One row an organization and type; the name on the first row only. */
const longTable: Draw = async (rows, style) => {
  const columns = columnsOf(style)
  const head = (writer: PageWriter) => {
    writer.text(40, 'Organization', { bold: true })
    writer.text(220, 'Resource', { bold: true })
    for (const [at, column] of columns.entries())
      writer.text(360 + at * 65, style[column], { bold: true, align: 'right' })
    writer.y += 16
    writer.line(40, 560)
  }
  const writer = new PageWriter('Consumption report', head)
  for (const { name, id, figures } of rows) {
    writer.ensureRoom(60)
    for (const [at, [type, label]] of Object.entries(style.types).entries()) {
      if (at === 0) writer.text(40, name)
      if (at === 1 && style.ids) writer.text(40, id, { size: 6 })
      writer.text(220, label)
      for (const [column, key] of columns.entries())
        writer.text(360 + column * 65, figures[type]![key], { align: 'right' })
      writer.y += 13
    }
    writer.line(40, 560)
    writer.y += 3
  }
  return writer.end()
}

/** Columns grouped by figure: used (three types), limit (three types). */
const byFigure: Draw = async (rows, style) => {
  const types = Object.entries(style.types)
  const groups = [...usagesOf(style), 'limit'] as const
  const step = 340 / (groups.length * types.length)
  const head = (writer: PageWriter) => {
    for (const [at, group] of groups.entries())
      writer.text(215 + (at + 0.5) * step * types.length, style[group], { bold: true, align: 'center' })
    writer.y += 13
    writer.text(40, 'Name', { bold: true, size: 7 })
    for (const [at] of groups.entries())
      for (const [column, [, label]] of types.entries())
        writer.text(215 + (at * types.length + column + 1) * step - 4, label.slice(0, 9), {
          bold: true,
          align: 'right',
          size: 6,
        })
    writer.y += 14
  }
  const writer = new PageWriter('Organizations', head)
  for (const { name, depth, figures } of rows) {
    writer.ensureRoom(14)
    writer.text(40 + depth * 8, name, { size: 7.5 })
    for (const [at, group] of groups.entries())
      for (const [column, [type]] of types.entries())
        writer.text(215 + (at * types.length + column + 1) * step - 4, figures[type]![group], {
          align: 'right',
          size: 7,
        })
    writer.y += 14
  }
  return writer.end()
}

/** A small table in a box an organization: types below each other, figures beside. */
const miniTables: Draw = async (rows, style) => {
  const columns = columnsOf(style)
  const writer = new PageWriter('Usage by organization')
  for (const { name, parent, figures } of rows) {
    writer.ensureRoom(80)
    writer.text(40, name, { bold: true, size: 11 })
    if (parent) writer.text(300, `Parent: ${parent}`, { size: 7 })
    writer.y += 15
    for (const [at, column] of columns.entries())
      writer.text(220 + at * 75, style[column], { align: 'right', size: 8 })
    writer.y += 12
    for (const [type, label] of Object.entries(style.types)) {
      writer.text(50, label)
      for (const [at, key] of columns.entries())
        writer.text(220 + at * 75, figures[type]![key], { align: 'right' })
      writer.y += 12
    }
    writer.y += 10
  }
  return writer.end()
}

/** Sentences that wrap. */
const prose: Draw = async (rows, style) => {
  const writer = new PageWriter('Who uses what')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  for (const { name, figures } of rows) {
    const parts = Object.entries(style.types).map(([type, label]) => {
      const { limit } = figures[type]!
      const cap = limit === style.none ? '' : ` (${style.limit.toLowerCase()} ${limit})`
      return `${label} ${figures[type]![usage]} ${style[usage].toLowerCase()}${cap}`
    })
    const lines: string[] = ['']
    for (const word of `${name}: ${parts.join(', ')}.`.split(' ')) {
      const next = `${lines.at(-1)} ${word}`.trim()
      if (writer.width(next) > 400) lines.push(word)
      else lines[lines.length - 1] = next
    }
    writer.ensureRoom(lines.length * 12 + 6)
    for (const line of lines) {
      writer.text(40, line)
      writer.y += 12
    }
    writer.y += 6
  }
  return writer.end()
}

/** "Label: value" below the name, one figure a line, in two columns of the page. */
const keyValues: Draw = async (rows, style) => {
  const writer = new PageWriter('Seats and sites')
  const height = Object.keys(style.types).length * (usagesOf(style).length + 1) * 11 + 26
  for (let at = 0; at < rows.length; at += 2) {
    writer.ensureRoom(height)
    const top = writer.y
    for (const [column, each] of rows.slice(at, at + 2).entries()) {
      const x = 40 + column * 270
      writer.y = top
      writer.text(x, each.name, { bold: true, size: 10 })
      writer.y += 14
      for (const [type, label] of Object.entries(style.types))
        for (const key of [...usagesOf(style), 'limit'] as const) {
          writer.text(x + 6, `${label}, ${style[key].toLowerCase()}:`, { size: 8 })
          writer.text(x + 220, each.figures[type]![key], { size: 8, align: 'right' })
          writer.y += 11
        }
    }
    writer.y = top + height
  }
  return writer.end()
}

/** `12 / 50` in one column a type. */
const ratios: Draw = async (rows, style) => {
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const head = (writer: PageWriter) => {
    writer.text(40, 'Customer', { bold: true })
    for (const [at, label] of Object.values(style.types).entries())
      writer.text(330 + at * 105, `${label} (${style[usage]} / ${style.limit})`.slice(0, 34), {
        bold: true,
        align: 'right',
        size: 6,
      })
    writer.y += 16
  }
  const writer = new PageWriter('Quota sheet', head)
  for (const { name, depth, figures } of rows) {
    writer.ensureRoom(13)
    writer.text(40 + depth * 10, name)
    for (const [at, type] of Object.keys(style.types).entries())
      writer.text(330 + at * 105, `${figures[type]![usage]} / ${figures[type]!.limit || '-'}`, {
        align: 'right',
      })
    writer.y += 13
  }
  return writer.end()
}

/** One line a type below the name: the type, then each figure behind its label. */
const labelledRows: Draw = async (rows, style) => {
  const columns = [...usagesOf(style), 'limit'] as const
  const writer = new PageWriter('What each organization has')
  for (const { name, figures } of rows) {
    writer.ensureRoom(60)
    writer.text(40, name, { bold: true, size: 10 })
    writer.y += 14
    for (const [type, label] of Object.entries(style.types)) {
      writer.text(50, label)
      for (const [at, key] of columns.entries()) {
        writer.text(130 + at * 145, `${style[key]}:`, { size: 8 })
        writer.text(240 + at * 145, figures[type]![key])
      }
      writer.y += 12
    }
    writer.y += 6
  }
  return writer.end()
}

/** Drawn in every wording, by the corpus and by `mutation-rates.ts`. */
export const layouts: Record<string, Draw> = {
  longTable,
  byFigure,
  miniTables,
  prose,
  keyValues,
  ratios,
  labelledRows,
}

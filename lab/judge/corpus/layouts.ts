import type { Shown, ShownFigures, Wording } from './mutations.ts'
import { PageWriter } from './page-writer.ts'

export type Draw = (shown: Shown[], style: Wording) => Promise<Buffer>

export const usagesOf = ({ shows }: Wording): ('direct' | 'subtree')[] =>
  shows === 'both' ? ['direct', 'subtree'] : [shows]
const columnsOf = (style: Wording): (keyof ShownFigures)[] => [...usagesOf(style), 'limit', 'free']

/** One row an organization and type; the name on the first row only. */
const longTable: Draw = async (shown, style) => {
  const columns = columnsOf(style)
  const head = (sheet: PageWriter) => {
    sheet.text(40, 'Organization', { bold: true })
    sheet.text(220, 'Resource', { bold: true })
    for (const [at, column] of columns.entries())
      sheet.text(360 + at * 65, style[column], { bold: true, align: 'right' })
    sheet.y += 16
    sheet.line(40, 560)
  }
  const sheet = new PageWriter('Consumption report', head)
  for (const { name, id, figures } of shown) {
    sheet.room(60)
    for (const [at, [type, label]] of Object.entries(style.types).entries()) {
      if (at === 0) sheet.text(40, name)
      if (at === 1 && style.ids) sheet.text(40, id, { size: 6 })
      sheet.text(220, label)
      for (const [column, key] of columns.entries())
        sheet.text(360 + column * 65, figures[type]![key], { align: 'right' })
      sheet.y += 13
    }
    sheet.line(40, 560)
    sheet.y += 3
  }
  return sheet.end()
}

/** Columns grouped by figure: used (three types), limit (three types). */
const byFigure: Draw = async (shown, style) => {
  const types = Object.entries(style.types)
  const groups = [...usagesOf(style), 'limit'] as const
  const step = 340 / (groups.length * types.length)
  const head = (sheet: PageWriter) => {
    for (const [at, group] of groups.entries())
      sheet.text(215 + (at + 0.5) * step * types.length, style[group], { bold: true, align: 'center' })
    sheet.y += 13
    sheet.text(40, 'Name', { bold: true, size: 7 })
    for (const [at] of groups.entries())
      for (const [column, [, label]] of types.entries())
        sheet.text(215 + (at * types.length + column + 1) * step - 4, label.slice(0, 9), {
          bold: true,
          align: 'right',
          size: 6,
        })
    sheet.y += 14
  }
  const sheet = new PageWriter('Organizations', head)
  for (const { name, depth, figures } of shown) {
    sheet.room(14)
    sheet.text(40 + depth * 8, name, { size: 7.5 })
    for (const [at, group] of groups.entries())
      for (const [column, [type]] of types.entries())
        sheet.text(215 + (at * types.length + column + 1) * step - 4, figures[type]![group], {
          align: 'right',
          size: 7,
        })
    sheet.y += 14
  }
  return sheet.end()
}

/** A small table in a box an organization: types below each other, figures beside. */
const miniTables: Draw = async (shown, style) => {
  const columns = columnsOf(style)
  const sheet = new PageWriter('Usage by organization')
  for (const { name, parent, figures } of shown) {
    sheet.room(80)
    sheet.text(40, name, { bold: true, size: 11 })
    if (parent) sheet.text(300, `Parent: ${parent}`, { size: 7 })
    sheet.y += 15
    for (const [at, column] of columns.entries())
      sheet.text(220 + at * 75, style[column], { align: 'right', size: 8 })
    sheet.y += 12
    for (const [type, label] of Object.entries(style.types)) {
      sheet.text(50, label)
      for (const [at, key] of columns.entries())
        sheet.text(220 + at * 75, figures[type]![key], { align: 'right' })
      sheet.y += 12
    }
    sheet.y += 10
  }
  return sheet.end()
}

/** Sentences that wrap. */
const prose: Draw = async (shown, style) => {
  const sheet = new PageWriter('Who uses what')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  for (const { name, figures } of shown) {
    const parts = Object.entries(style.types).map(([type, label]) => {
      const { limit } = figures[type]!
      const cap = limit === style.none ? '' : ` (${style.limit.toLowerCase()} ${limit})`
      return `${label} ${figures[type]![usage]} ${style[usage].toLowerCase()}${cap}`
    })
    const lines: string[] = ['']
    for (const word of `${name}: ${parts.join(', ')}.`.split(' ')) {
      const next = `${lines.at(-1)} ${word}`.trim()
      if (sheet.width(next) > 400) lines.push(word)
      else lines[lines.length - 1] = next
    }
    sheet.room(lines.length * 12 + 6)
    for (const line of lines) {
      sheet.text(40, line)
      sheet.y += 12
    }
    sheet.y += 6
  }
  return sheet.end()
}

/** "Label: value" below the name, one figure a line, in two columns of the page. */
const keyValues: Draw = async (shown, style) => {
  const sheet = new PageWriter('Seats and sites')
  const height = Object.keys(style.types).length * (usagesOf(style).length + 1) * 11 + 26
  for (let at = 0; at < shown.length; at += 2) {
    sheet.room(height)
    const top = sheet.y
    for (const [column, each] of shown.slice(at, at + 2).entries()) {
      const x = 40 + column * 270
      sheet.y = top
      sheet.text(x, each.name, { bold: true, size: 10 })
      sheet.y += 14
      for (const [type, label] of Object.entries(style.types))
        for (const key of [...usagesOf(style), 'limit'] as const) {
          sheet.text(x + 6, `${label}, ${style[key].toLowerCase()}:`, { size: 8 })
          sheet.text(x + 220, each.figures[type]![key], { size: 8, align: 'right' })
          sheet.y += 11
        }
    }
    sheet.y = top + height
  }
  return sheet.end()
}

/** `12 / 50` in one column a type. */
const ratios: Draw = async (shown, style) => {
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const head = (sheet: PageWriter) => {
    sheet.text(40, 'Customer', { bold: true })
    for (const [at, label] of Object.values(style.types).entries())
      sheet.text(330 + at * 105, `${label} (${style[usage]} / ${style.limit})`.slice(0, 34), {
        bold: true,
        align: 'right',
        size: 6,
      })
    sheet.y += 16
  }
  const sheet = new PageWriter('Quota sheet', head)
  for (const { name, depth, figures } of shown) {
    sheet.room(13)
    sheet.text(40 + depth * 10, name)
    for (const [at, type] of Object.keys(style.types).entries())
      sheet.text(330 + at * 105, `${figures[type]![usage]} / ${figures[type]!.limit || '-'}`, {
        align: 'right',
      })
    sheet.y += 13
  }
  return sheet.end()
}

/** One line a type below the name: the type, then each figure behind its label. */
const labelledRows: Draw = async (shown, style) => {
  const columns = [...usagesOf(style), 'limit'] as const
  const sheet = new PageWriter('What each organization has')
  for (const { name, figures } of shown) {
    sheet.room(60)
    sheet.text(40, name, { bold: true, size: 10 })
    sheet.y += 14
    for (const [type, label] of Object.entries(style.types)) {
      sheet.text(50, label)
      for (const [at, key] of columns.entries()) {
        sheet.text(130 + at * 145, `${style[key]}:`, { size: 8 })
        sheet.text(240 + at * 145, figures[type]![key])
      }
      sheet.y += 12
    }
    sheet.y += 6
  }
  return sheet.end()
}

export const layouts: Record<string, Draw> = {
  longTable,
  byFigure,
  miniTables,
  prose,
  keyValues,
  ratios,
  labelledRows,
}

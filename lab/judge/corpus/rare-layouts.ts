import { type Draw, usagesOf } from './layouts.ts'
import { PageWriter } from './page-writer.ts'

/** Figures set large in two columns of tiles, what they are below them, the limit below that. */
const tiles: Draw = async (rows, style) => {
  const writer = new PageWriter('At a glance')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  for (let at = 0; at < rows.length; at += 2) {
    writer.ensureRoom(80)
    const top = writer.y
    for (const [column, { name, figures }] of rows.slice(at, at + 2).entries()) {
      const x = 40 + column * 270
      writer.text(x, name, { bold: true, size: 10, y: top })
      for (const [nth, [type, label]] of Object.entries(style.types).entries()) {
        const { [usage]: used, limit } = figures[type]!
        writer.text(x + nth * 85, used, { size: 16, y: top + 16 })
        writer.text(x + nth * 85, label, { size: 7, y: top + 36 })
        writer.text(x + nth * 85, `of ${limit}`, { size: 7, y: top + 46 })
      }
    }
    writer.y = top + 72
  }
  return writer.end()
}

/** A table of narrow columns whose headings are rotated by 90 degrees. */
const turnedHeads: Draw = async (rows, style) => {
  const writer = new PageWriter('Usage and limits')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const columns = Object.keys(style.types).flatMap((type) => [usage, 'limit'].map((key) => ({ type, key })))
  writer.y += 70
  for (const [at, { type, key }] of columns.entries())
    writer.textUpwards(300 + at * 40, `${style.types[type]} ${style[key as 'limit'].toLowerCase()}`)
  writer.text(40, 'Organization', { bold: true, y: writer.y - 8 })
  writer.y += 10
  for (const { name, figures } of rows) {
    writer.text(40, name)
    for (const [at, { type, key }] of columns.entries())
      writer.text(305 + at * 40, figures[type]![key as 'limit'], { align: 'center' })
    writer.y += 14
  }
  return writer.end()
}

/** Heads in the middle of their columns, figures set to the left; sums in the last row. */
const centredHeads: Draw = async (rows, style) => {
  const types = Object.entries(style.types)
  const columns = types.flatMap(([type]) =>
    [...usagesOf(style), 'limit' as const].map((key) => ({ type, key })),
  )
  const step = 400 / columns.length
  const writer = new PageWriter('By organization')
  for (const [at, [, label]] of types.entries())
    writer.text(165 + ((at + 0.5) * 400) / types.length, label, { bold: true, align: 'center' })
  writer.y += 13
  writer.text(40, style.name ?? 'Name', { bold: true })
  for (const [at, { key }] of columns.entries())
    writer.text(165 + (at + 0.5) * step, style[key], { bold: true, align: 'center', size: 7 })
  writer.y += 14
  for (const { name, figures } of rows) {
    writer.text(40, name, { size: 7.5 })
    for (const [at, { type, key }] of columns.entries())
      writer.text(167 + at * step, figures[type]![key], { size: 7.5 })
    writer.y += 13
  }
  if (!style.total) return writer.end()
  writer.text(40, style.total, { size: 7.5 })
  for (const [at, { type, key }] of columns.entries()) {
    const counted = rows.filter(({ depth }) => key === 'direct' || depth === 0)
    const sum = counted.reduce((all, { figures }) => all + Number(figures[type]![key].replace(/\D/g, '')), 0)
    if (key !== 'limit') writer.text(167 + at * step, String(sum), { size: 7.5 })
  }
  return writer.end()
}

/** The few that are nearest to their limits in a table, then everybody in two columns of cards under a path. */
const overview: Draw = async (rows, style) => {
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const [[type, label]] = Object.entries(style.types) as [[string, string]]
  const writer = new PageWriter('Capacity')
  writer.text(40, `Close to the limit: ${label}`, { bold: true, size: 11 })
  writer.y += 16
  for (const [x, head] of [
    [40, 'Organization'],
    [350, style[usage]],
    [450, style.limit],
  ] as const)
    writer.text(x, head, { bold: true, align: x > 40 ? 'right' : 'left' })
  writer.y += 13
  for (const { name, figures } of rows.slice(1, 4)) {
    writer.text(40, name)
    for (const [x, key] of [
      [350, usage],
      [450, 'limit'],
    ] as const)
      writer.text(x, figures[type]![key], { align: 'right' })
    writer.y += 13
  }
  writer.y += 12
  writer.text(40, 'All organizations', { bold: true, size: 11 })
  writer.y += 18
  const height = Object.keys(style.types).length * 11 + 24
  for (let at = 0; at < rows.length; at += 2) {
    writer.ensureRoom(height)
    const top = writer.y
    for (const [column, { name, parent, figures }] of rows.slice(at, at + 2).entries()) {
      const x = 40 + column * 260
      writer.y = top
      writer.text(x, parent ? `${parent} › ${name}` : name, { bold: true, size: 8 })
      for (const [key, text] of Object.entries(style.types)) {
        writer.y += 11
        const { [usage]: used, limit } = figures[key]!
        writer.text(x, `${used} of ${limit} ${text.toLowerCase()}`, { size: 8 })
      }
    }
    writer.y = top + height
  }
  return writer.end()
}

/** Organizations as columns, three abreast; what a row shows stands left of it, with a dash between type and figure. */
const abreast: Draw = async (rows, style) => {
  const writer = new PageWriter('Side by side')
  const figureRows = Object.entries(style.types).flatMap(([type, label]) =>
    [...usagesOf(style), 'limit' as const].map((key) => ({ type, key, label: `${label} – ${style[key]}` })),
  )
  for (let at = 0; at < rows.length; at += 3) {
    writer.ensureRoom(figureRows.length * 12 + 30)
    const part = rows.slice(at, at + 3)
    for (const [column, { name }] of part.entries())
      writer.text(270 + column * 120, name, { bold: true, align: 'center', size: 8 })
    writer.y += 14
    for (const { type, key, label } of figureRows) {
      writer.text(40, label, { size: 8 })
      for (const [column, { figures }] of part.entries())
        writer.text(310 + column * 120, figures[type]![key], { align: 'right', size: 8 })
      writer.y += 12
    }
    writer.y += 12
  }
  return writer.end()
}

/** Drawn by the corpus only, in one wording each. */
export const rareLayouts: Record<string, Draw> = { tiles, turnedHeads, centredHeads, overview, abreast }

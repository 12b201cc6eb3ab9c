import { type Draw, usagesOf } from './layouts.ts'
import { PageWriter } from './page-writer.ts'

/** Figures set large in two columns of tiles, what they are below them, the limit below that. */
const tiles: Draw = async (shown, style) => {
  const sheet = new PageWriter('At a glance')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  for (let at = 0; at < shown.length; at += 2) {
    sheet.room(80)
    const top = sheet.y
    for (const [column, { name, figures }] of shown.slice(at, at + 2).entries()) {
      const x = 40 + column * 270
      sheet.text(x, name, { bold: true, size: 10, y: top })
      for (const [nth, [type, label]] of Object.entries(style.types).entries()) {
        const { [usage]: used, limit } = figures[type]!
        sheet.text(x + nth * 85, used, { size: 16, y: top + 16 })
        sheet.text(x + nth * 85, label, { size: 7, y: top + 36 })
        sheet.text(x + nth * 85, `of ${limit}`, { size: 7, y: top + 46 })
      }
    }
    sheet.y = top + 72
  }
  return sheet.end()
}

/** A table of narrow columns whose heads run up the page. */
const turnedHeads: Draw = async (shown, style) => {
  const sheet = new PageWriter('Usage and limits')
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const columns = Object.keys(style.types).flatMap((type) => [usage, 'limit'].map((key) => ({ type, key })))
  sheet.y += 70
  for (const [at, { type, key }] of columns.entries())
    sheet.turned(300 + at * 40, `${style.types[type]} ${style[key as 'limit'].toLowerCase()}`)
  sheet.text(40, 'Organization', { bold: true, y: sheet.y - 8 })
  sheet.y += 10
  for (const { name, figures } of shown) {
    sheet.text(40, name)
    for (const [at, { type, key }] of columns.entries())
      sheet.text(305 + at * 40, figures[type]![key as 'limit'], { align: 'center' })
    sheet.y += 14
  }
  return sheet.end()
}

/** Heads in the middle of their columns, figures set to the left; sums in the last row. */
const centredHeads: Draw = async (shown, style) => {
  const types = Object.entries(style.types)
  const columns = types.flatMap(([type]) =>
    [...usagesOf(style), 'limit' as const].map((key) => ({ type, key })),
  )
  const step = 400 / columns.length
  const sheet = new PageWriter('By organization')
  for (const [at, [, label]] of types.entries())
    sheet.text(165 + ((at + 0.5) * 400) / types.length, label, { bold: true, align: 'center' })
  sheet.y += 13
  sheet.text(40, style.name ?? 'Name', { bold: true })
  for (const [at, { key }] of columns.entries())
    sheet.text(165 + (at + 0.5) * step, style[key], { bold: true, align: 'center', size: 7 })
  sheet.y += 14
  for (const { name, figures } of shown) {
    sheet.text(40, name, { size: 7.5 })
    for (const [at, { type, key }] of columns.entries())
      sheet.text(167 + at * step, figures[type]![key], { size: 7.5 })
    sheet.y += 13
  }
  if (!style.total) return sheet.end()
  sheet.text(40, style.total, { size: 7.5 })
  for (const [at, { type, key }] of columns.entries()) {
    const counted = shown.filter(({ depth }) => key === 'direct' || depth === 0)
    const sum = counted.reduce((all, { figures }) => all + Number(figures[type]![key].replace(/\D/g, '')), 0)
    if (key !== 'limit') sheet.text(167 + at * step, String(sum), { size: 7.5 })
  }
  return sheet.end()
}

/** The few that are nearest to their limits in a table, then everybody in two columns of cards under a path. */
const overview: Draw = async (shown, style) => {
  const [usage] = usagesOf(style) as ['direct' | 'subtree']
  const [[type, label]] = Object.entries(style.types) as [[string, string]]
  const sheet = new PageWriter('Capacity')
  sheet.text(40, `Close to the limit: ${label}`, { bold: true, size: 11 })
  sheet.y += 16
  for (const [x, head] of [
    [40, 'Organization'],
    [350, style[usage]],
    [450, style.limit],
  ] as const)
    sheet.text(x, head, { bold: true, align: x > 40 ? 'right' : 'left' })
  sheet.y += 13
  for (const { name, figures } of shown.slice(1, 4)) {
    sheet.text(40, name)
    for (const [x, key] of [
      [350, usage],
      [450, 'limit'],
    ] as const)
      sheet.text(x, figures[type]![key], { align: 'right' })
    sheet.y += 13
  }
  sheet.y += 12
  sheet.text(40, 'All organizations', { bold: true, size: 11 })
  sheet.y += 18
  const height = Object.keys(style.types).length * 11 + 24
  for (let at = 0; at < shown.length; at += 2) {
    sheet.room(height)
    const top = sheet.y
    for (const [column, { name, parent, figures }] of shown.slice(at, at + 2).entries()) {
      const x = 40 + column * 260
      sheet.y = top
      sheet.text(x, parent ? `${parent} › ${name}` : name, { bold: true, size: 8 })
      for (const [key, text] of Object.entries(style.types)) {
        sheet.y += 11
        const { [usage]: used, limit } = figures[key]!
        sheet.text(x, `${used} of ${limit} ${text.toLowerCase()}`, { size: 8 })
      }
    }
    sheet.y = top + height
  }
  return sheet.end()
}

/** Organizations as columns, three abreast; what a row shows stands left of it, with a dash between type and figure. */
const abreast: Draw = async (shown, style) => {
  const sheet = new PageWriter('Side by side')
  const rows = Object.entries(style.types).flatMap(([type, label]) =>
    [...usagesOf(style), 'limit' as const].map((key) => ({ type, key, label: `${label} – ${style[key]}` })),
  )
  for (let at = 0; at < shown.length; at += 3) {
    sheet.room(rows.length * 12 + 30)
    const part = shown.slice(at, at + 3)
    for (const [column, { name }] of part.entries())
      sheet.text(270 + column * 120, name, { bold: true, align: 'center', size: 8 })
    sheet.y += 14
    for (const { type, key, label } of rows) {
      sheet.text(40, label, { size: 8 })
      for (const [column, { figures }] of part.entries())
        sheet.text(310 + column * 120, figures[type]![key], { align: 'right', size: 8 })
      sheet.y += 12
    }
    sheet.y += 12
  }
  return sheet.end()
}

/** Drawn once each. */
export const rareLayouts: Record<string, Draw> = { tiles, turnedHeads, centredHeads, overview, abreast }

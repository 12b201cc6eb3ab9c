import type { Alarm } from './figures.ts'
import { count, percent } from './numbers.ts'
import type { Box, ReportDocument } from './pdf/report-document.ts'
import type { Element } from './pdf/structure-tree.ts'
import { color, page, rgb } from './style.ts'

const fill: Record<Alarm | 'none', string> = {
  over: color.overBar,
  disabled: color.overBar,
  near: color.nearBar,
  none: color.bar,
}
export const ink: Record<Alarm | 'none', string> = {
  over: color.over,
  disabled: color.over,
  near: color.near,
  none: color.ink,
}

export interface Measured {
  used: number
  limit: number
  utilization: number | null
  alarm: Alarm | null
}

/** The alternative text of a bar. */
export function describe({ used, limit, utilization, alarm }: Measured): string {
  if (limit === 0) return used > 0 ? `disabled, but ${count(used)} in use` : 'disabled'
  const state = alarm === 'over' ? ', over the limit' : alarm === 'near' ? ', close to the limit' : ''
  return `${percent(utilization)} of ${count(limit)} used${state}`
}

/** A utilization bar as a tagged figure; past the limit it is full and ends in an arrow. */
export function drawBar(document: ReportDocument, parent: Element, measured: Measured, place: Box): string {
  const { x, y, width, height } = place
  const bottom = page.height - y - height
  const box = [x, bottom, x + width, bottom + height] as const
  const figure = document.structure.open('Figure', parent, { alt: describe(measured), box })
  const marker = measured.alarm ? ` ${drawMarker(measured.alarm, x + width + 3, y + height / 2)}` : ''
  const content = document.tag(figure, `${drawShare(measured, place)}${marker}`)
  document.structure.close(figure)
  return content
}

/** The operators of a bar: the track, and on it the share that is used. */
export function drawShare(
  { used, limit, alarm }: Pick<Measured, 'used' | 'limit' | 'alarm'>,
  { x, y, width, height }: Box,
): string {
  const filled = width * (limit === 0 ? (used > 0 ? 1 : 0) : Math.min(1, used / limit))
  const bar = (ink: string, length: number) =>
    `${rgb(ink)} rg ${fixed(x)} ${fixed(y)} ${fixed(length)} ${height} re f`
  const track = bar(color.track, width)
  return filled > 0 ? `${track} ${bar(fill[alarm ?? 'none'], Math.max(filled, 0.8))}` : track
}

/** The shape of an alarm, so that colour is not the only signal: a triangle, a diamond, a crossed-out circle. */
export function drawMarker(alarm: Alarm, x: number, middle: number): string {
  const at = (dx: number, dy: number) => `${fixed(x + dx)} ${fixed(middle + dy)}`
  const paint = `${rgb(ink[alarm])} rg`
  if (alarm === 'over') return `${paint} ${at(0, 2.6)} m ${at(6, 2.6)} l ${at(3, -2.8)} l f`
  if (alarm === 'near') return `${paint} ${at(0, 0)} m ${at(3, -3)} l ${at(6, 0)} l ${at(3, 3)} l f`
  const k = 1.55
  const circle = `${at(5.8, 0)} m ${at(5.8, k)} ${at(3 + k, 2.8)} ${at(3, 2.8)} c ${at(3 - k, 2.8)} ${at(0.2, k)} ${at(0.2, 0)} c ${at(0.2, -k)} ${at(3 - k, -2.8)} ${at(3, -2.8)} c ${at(3 + k, -2.8)} ${at(5.8, -k)} ${at(5.8, 0)} c h`
  return `${rgb(ink[alarm])} RG 0.9 w ${circle} S ${at(1, 2)} m ${at(5, -2)} l S`
}

const fixed = (value: number) => Math.round(value * 100) / 100

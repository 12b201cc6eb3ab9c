import type { Box } from '../../pages/matrix.ts'
import { type Finding, figureName, type Judgement } from '../judging/finding.ts'
import { type Context, fontOf, frame, scale } from './canvas.ts'

const green = '#1a7f37'
const red = '#cf222e'

/** Marks on a page what is as expected in green, and each finding in red with what was expected. */
export function markFindings(
  context: Context,
  width: number,
  page: number,
  { findings, confirmed }: Judgement,
): void {
  for (const { box } of confirmed.filter((each) => each.page === page)) {
    frame(context, box, green, 1.5)
    context.fillStyle = `${green}18`
    context.fillRect(box.x0 * scale, box.y0 * scale, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)
  }
  const taken: Box[] = []
  for (const { box, ...finding } of findings.filter((each) => each.page === page)) {
    if (!box) continue
    frame(context, box, red, 3)
    const label = [
      labelOf(finding),
      finding.expected === undefined ? '' : `expected ${finding.expected}`,
      finding.found === undefined ? '' : `found ${finding.found.slice(0, 40)}`,
    ]
    note(context, width, box, label.filter(Boolean).join(', '), taken)
  }
}

const labelOf = ({ kind, field = '' }: Omit<Finding, 'box'>) => figureName(field) ?? kind.replace('-', ' ')

/** A label beside the box, moved down until it covers no earlier label. */
function note(context: Context, width: number, box: Box, text: string, taken: Box[]): void {
  context.font = fontOf(14)
  const labelWidth = context.measureText(text).width + 12
  const x0 = Math.max(4, Math.min(box.x1 * scale + 8, width - labelWidth - 4))
  let y0 = box.y0 * scale - 4
  const hits = (other: Box) =>
    x0 < other.x1 && other.x0 < x0 + labelWidth && y0 < other.y1 && other.y0 < y0 + 20
  for (let tries = 0; tries < 40 && taken.some(hits); tries += 1) y0 += 21
  taken.push({ x0, y0, x1: x0 + labelWidth, y1: y0 + 20 })
  context.fillStyle = red
  context.fillRect(x0, y0, labelWidth, 20)
  context.fillStyle = '#ffffff'
  context.fillText(text, x0 + 6, y0 + 15)
}

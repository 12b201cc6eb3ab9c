import type { Box } from '../../pages/matrix.ts'
import { type Context, fontOf, frame, scale } from './canvas.ts'
import type { Dispute } from './disputes.ts'

const [ink, paper, line] = ['#1f2328', '#f6f8fa', '#8c959f']
/** Of the better reading and of the other one. */
const marks = [
  { letter: 'A', name: 'blue', color: '#0969da' },
  { letter: 'B', name: 'orange', color: '#bc4c00' },
] as const

/** Kinds of disputes that the legend lists. */
const mostDisputes = 12
const [margin, rowHeight] = [24, 30]

/** The height in pixels that the legend of a page takes; 0 where nothing on it is disputed. */
export function legendHeight(disputes: Dispute[]): number {
  return disputes.length === 0 ? 0 : 2 * margin + rowHeight * (1 + legendRows(disputes).length)
}

/**
 * Marks what two readings disagree on: each such quantity with the number of its line in the legend, and, where they
 * give it to different organizations, a line to the name that each connects it with. The legend stands below the page.
 */
export function markCompeting(
  context: Context,
  { width, height }: { width: number; height: number },
  page: number,
  disputes: Dispute[],
  title: string,
): void {
  for (const dispute of disputes) connect(context, page, dispute)
  for (const [at, { quantities }] of disputes.entries())
    for (const { box } of quantities) {
      frame(context, box, ink, 1.5)
      badge(context, box.x0 * scale - 12, box.y0 * scale + 2, numberOf(at))
    }
  drawLegend(context, width, height, title, disputes)
}

const numberOf = (at: number) => (at < mostDisputes ? String(at + 1) : '…')

/** Draws a line from each quantity to the name that each reading connects it with, where these differ. */
function connect(context: Context, page: number, { quantities, isAboutOwner }: Dispute): void {
  if (!isAboutOwner) return
  for (const [reading, { color }] of marks.entries())
    for (const { box, readings } of quantities) {
      const { named } = readings[reading]!
      if (named.page === page) lineBetween(context, named.box, box, color)
    }
}

function lineBetween(context: Context, from: Box, to: Box, color: string): void {
  const start = [from.x1 * scale + 6, ((from.y0 + from.y1) / 2) * scale] as const
  context.globalAlpha = 0.7
  context.strokeStyle = color
  context.lineWidth = 1.5
  context.beginPath()
  context.moveTo(...start)
  context.lineTo(to.x0 * scale - 18, ((to.y0 + to.y1) / 2) * scale)
  context.stroke()
  context.fillStyle = color
  context.beginPath()
  context.arc(...start, 4, 0, 2 * Math.PI)
  context.fill()
  context.globalAlpha = 1
}

function badge(context: Context, x: number, y: number, text: string, color: string = ink): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, 9, 0, 2 * Math.PI)
  context.fill()
  context.fillStyle = '#ffffff'
  context.font = fontOf(11, 'bold')
  context.textAlign = 'center'
  context.fillText(text, x, y + 4)
  context.textAlign = 'start'
}

function drawLegend(context: Context, width: number, top: number, title: string, disputes: Dispute[]): void {
  context.fillStyle = paper
  context.fillRect(0, top, width, legendHeight(disputes))
  context.fillStyle = line
  context.fillRect(0, top, width, 2)
  let y = top + margin + 16
  write(context, margin, y, title, width - 2 * margin, 'bold')
  const half = (width - 2 * margin - 130) / 2
  for (const row of legendRows(disputes)) {
    y += rowHeight
    if (typeof row === 'string') {
      write(context, margin, y, row, width - 2 * margin)
      continue
    }
    badge(context, margin + 9, y - 5, row.number)
    write(context, margin + 28, y, `${row.count} ×`, 90)
    for (const [reading, says] of row.says.entries()) {
      const x = margin + 110 + reading * half
      badge(context, x + 9, y - 5, marks[reading]!.letter, marks[reading]!.color)
      write(context, x + 26, y, says, half - 40)
    }
  }
}

interface LegendRow {
  number: string
  count: number
  says: string[]
}

function legendRows(disputes: Dispute[]): (LegendRow | string)[] {
  const rows = disputes.slice(0, mostDisputes).map(({ quantities, says, isAboutOwner }, at) => ({
    number: numberOf(at),
    count: quantities.length,
    says: isAboutOwner ? says.map((each, reading) => `${each} (${marks[reading]!.name} lines)`) : says,
  }))
  const left = disputes.length - rows.length
  return left > 0 ? [...rows, `… ${left} more`] : rows
}

/** One line of text, made smaller where it would be wider than `most` pixels. */
function write(context: Context, x: number, y: number, text: string, most: number, weight = ''): void {
  context.fillStyle = ink
  context.font = fontOf(16, weight)
  const { width } = context.measureText(text)
  if (width > most) context.font = fontOf((16 * most) / width, weight)
  context.fillText(text, x, y)
}

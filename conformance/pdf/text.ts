import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { withDocument } from './document.ts'
import type { Box } from './matrix.ts'
import { type Area, type Hidden, type Painted, type Piece, paint } from './painting.ts'

/** What stands between two blanks. Coordinates are upright: as if its plane's text ran from left to right. */
export interface Word extends Box {
  text: string
  /** The baseline. */
  y: number
  size: number
  font: string
  unmapped: number
  /** Gap to the word before it on its line, in ems. */
  gap: number
}

/** Words side by side without a wide gap or a drawn line between them: a cell's line, or a line of prose. */
export interface Segment extends Box {
  words: Word[]
  line: Line
  /** In its line. */
  index: number
}

export interface Line extends Box {
  y: number
  size: number
  segments: Segment[]
  plane: Plane
}

/** All text of a page that runs in one direction, turned upright. */
export interface Plane {
  page: number
  /** Clockwise, as the reader sees the page: 0, 90, 180 or 270. */
  angle: number
  width: number
  height: number
  lines: Line[]
  rules: Box[]
}

export interface HiddenText {
  page: number
  text: string
  why: Hidden
  box: Box
}

export interface Page {
  number: number
  width: number
  height: number
  planes: Plane[]
  hidden: HiddenText[]
  /** Glyphs on it, and how many of them stand for no character. */
  glyphs: number
  unmapped: number
  images: number
  outlines: number
}

/** Reads every page as a reader sees it. Rejects when pdf.js cannot open the bytes. */
export async function readText(bytes: Uint8Array): Promise<Page[]> {
  return withDocument(bytes, readPages)
}

export async function readPages(document: PDFDocumentProxy): Promise<Page[]> {
  const layers = await document.getOptionalContentConfig()
  const pages: Page[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const operators = await page.getOperatorList({ annotationMode: 1 })
    const painted = paint(page, operators, (id) => layers.getGroup(id)?.visible ?? true)
    const { width, height } = page.getViewport({ scale: 1 })
    pages.push(arrange(number, width, height, painted))
    page.cleanup()
  }
  return pages
}

/** The page's words as a reader would say them, line by line; cells separated by tabs. */
export function linesOf(page: Page): string[] {
  return page.planes.flatMap((plane) =>
    plane.lines.map((line) => line.segments.map((segment) => textOf(segment.words)).join('\t')),
  )
}

export function textOf(words: Word[]): string {
  return words.map((word) => word.text).join(' ')
}

/** From upright coordinates back to those of the page as seen, top left 0, 0. */
export function onPage(plane: Plane, box: Box): Box {
  const { width, height } = plane
  if (plane.angle === 90) return { x0: width - box.y1, x1: width - box.y0, y0: box.x0, y1: box.x1 }
  if (plane.angle === 180)
    return { x0: width - box.x1, x1: width - box.x0, y0: height - box.y1, y1: height - box.y0 }
  if (plane.angle === 270) return { x0: box.y0, x1: box.y1, y0: height - box.x1, y1: height - box.x0 }
  return box
}

function upright(angle: number, width: number, height: number, x: number, y: number): [number, number] {
  if (angle === 90) return [y, width - x]
  if (angle === 180) return [width - x, height - y]
  if (angle === 270) return [height - y, x]
  return [x, y]
}

function uprightBox(angle: number, width: number, height: number, box: Box): Box {
  const [ax, ay] = upright(angle, width, height, box.x0, box.y0)
  const [bx, by] = upright(angle, width, height, box.x1, box.y1)
  return { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) }
}

function arrange(number: number, width: number, height: number, painted: Painted): Page {
  const byAngle = new Map<number, Word[]>()
  const hidden: HiddenText[] = []
  let glyphs = 0
  let unmapped = 0
  for (const piece of painted.pieces) {
    const angle = angleOf(piece)
    const word = wordOf(piece, angle, width, height)
    if (piece.hidden) {
      const plane = { page: number, angle, width, height, lines: [], rules: [] }
      hidden.push({ page: number, text: piece.text, why: piece.hidden, box: onPage(plane, word) })
      continue
    }
    glyphs += [...piece.text].length
    unmapped += piece.unmapped
    const list = byAngle.get(angle)
    if (list) list.push(word)
    else byAngle.set(angle, [word])
  }
  const planes: Plane[] = []
  for (const [angle, words] of byAngle) {
    if (angle % 90 !== 0) continue
    const rules = [...painted.rules, ...painted.areas.filter(isCellLike)].map((rule) =>
      uprightBox(angle, width, height, rule),
    )
    const plane: Plane = { page: number, angle, width, height, lines: [], rules }
    plane.lines = lineUp(plane, words)
    planes.push(plane)
  }
  planes.sort((a, b) => b.lines.length - a.lines.length)
  return {
    number,
    width,
    height,
    planes,
    hidden: joinHidden(hidden),
    glyphs,
    unmapped,
    images: painted.images,
    outlines: painted.outlines,
  }
}

function isCellLike(area: Area): boolean {
  return area.y1 - area.y0 > 6 && area.x1 - area.x0 > 6
}

function angleOf(piece: Piece): number {
  const dx = piece.to[0] - piece.from[0]
  const dy = piece.to[1] - piece.from[1]
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI
  const nearest = Math.round(degrees / 90) * 90
  const angle = Math.abs(degrees - nearest) < 3 ? nearest : Math.round(degrees) + 0.5
  return (angle + 360) % 360
}

function wordOf(piece: Piece, angle: number, width: number, height: number): Word {
  const turn = angle % 90 === 0 ? angle : 0
  const [x0, y] = upright(turn, width, height, ...piece.from)
  const [x1] = upright(turn, width, height, ...piece.to)
  const { size } = piece
  return {
    text: piece.text,
    x0,
    x1,
    y,
    y0: y - size * 0.78,
    y1: y + size * 0.22,
    size,
    font: `${piece.font}/${size.toFixed(1)}`,
    unmapped: piece.unmapped,
    gap: 0,
  }
}

/** Pieces that continue each other are one word; words on one baseline a line; a wide gap or a rule parts segments. */
function lineUp(plane: Plane, pieces: Word[]): Line[] {
  pieces.sort((a, b) => a.y - b.y || a.x0 - b.x0)
  const rows: Word[][] = []
  for (const piece of pieces) {
    const row = rows.at(-1)
    const head = row?.[0]
    if (row && head && piece.y - head.y < 0.3 * Math.min(head.size, piece.size)) row.push(piece)
    else rows.push([piece])
  }
  const uprights = plane.rules.flatMap((rule) =>
    rule.x1 - rule.x0 < 2.5
      ? [{ x: (rule.x0 + rule.x1) / 2, y0: rule.y0, y1: rule.y1 }]
      : [
          { x: rule.x0, y0: rule.y0, y1: rule.y1 },
          { x: rule.x1, y0: rule.y0, y1: rule.y1 },
        ],
  )
  const bands = new Map<number, { x: number; y0: number; y1: number }[]>()
  for (const rule of uprights) {
    if (rule.y1 - rule.y0 < 5) continue
    for (let key = Math.floor(rule.y0 / 20); key <= Math.floor(rule.y1 / 20) && key < 1000; key += 1) {
      const band = bands.get(key)
      if (band) band.push(rule)
      else bands.set(key, [rule])
    }
  }
  return rows.map((row) => {
    row.sort((a, b) => a.x0 - b.x0)
    const words: Word[] = []
    for (const piece of row) {
      const last = words.at(-1)
      if (!last) {
        words.push({ ...piece })
        continue
      }
      const size = Math.max(last.size, piece.size)
      const gap = (piece.x0 - last.x1) / size
      const twice = last.text === piece.text && Math.abs(last.x0 - piece.x0) < 0.12 * size
      if (twice) continue
      if (gap < 0.13 && gap > -0.5) {
        last.text += piece.text
        last.x1 = Math.max(last.x1, piece.x1)
        last.unmapped += piece.unmapped
      } else words.push({ ...piece, gap })
    }
    const line = {
      plane,
      segments: [] as Segment[],
      y: words[0]!.y,
      size: Math.max(...words.map((word) => word.size)),
      x0: words[0]!.x0,
      x1: words.at(-1)!.x1,
      y0: Math.min(...words.map((word) => word.y0)),
      y1: Math.max(...words.map((word) => word.y1)),
    }
    const rules = (bands.get(Math.floor((line.y - line.size * 0.3) / 20)) ?? []).filter(
      (rule) => rule.y0 < line.y - line.size * 0.3 && rule.y1 > line.y - line.size * 0.3,
    )
    for (const word of words) {
      const segment = line.segments.at(-1)
      const last = segment?.words.at(-1)
      const apart =
        !last ||
        word.gap > 0.72 ||
        (word.gap > 0.1 && rules.some((rule) => rule.x > last.x1 - 0.5 && rule.x < word.x0 + 0.5))
      if (segment && !apart) {
        segment.words.push(word)
        segment.x1 = word.x1
      } else {
        line.segments.push({
          words: [word],
          line,
          index: line.segments.length,
          x0: word.x0,
          x1: word.x1,
          y0: line.y0,
          y1: line.y1,
        })
      }
    }
    for (const segment of line.segments) readRightToLeft(segment)
    return line
  })
}

const rightToLeft = /(?!\p{N})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** Words of right-to-left scripts lie in the file as they stand on the page; turn runs of them into reading order. */
function readRightToLeft(segment: Segment): void {
  const { words } = segment
  if (!words.some((word) => rightToLeft.test(word.text))) return
  let start = 0
  while (start < words.length) {
    if (!rightToLeft.test(words[start]!.text)) {
      start += 1
      continue
    }
    let end = start
    for (let i = start + 1; i < words.length; i += 1) {
      if (rightToLeft.test(words[i]!.text)) end = i
      else if (/\p{L}/u.test(words[i]!.text)) break
    }
    const run = words.slice(start, end + 1).reverse()
    for (const word of run) if (rightToLeft.test(word.text)) word.text = [...word.text].reverse().join('')
    words.splice(start, run.length, ...run)
    start = end + 1
  }
}

function joinHidden(pieces: HiddenText[]): HiddenText[] {
  const joined: HiddenText[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last && last.why === piece.why && Math.abs(last.box.y1 - piece.box.y1) < 1) {
      last.text += ` ${piece.text}`
      last.box = {
        x0: Math.min(last.box.x0, piece.box.x0),
        y0: Math.min(last.box.y0, piece.box.y0),
        x1: Math.max(last.box.x1, piece.box.x1),
        y1: Math.max(last.box.y1, piece.box.y1),
      }
    } else joined.push({ ...piece })
  }
  return joined
}

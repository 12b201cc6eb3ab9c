import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { interpretPage } from './interpret-page.ts'
import { groupIntoLines } from './lines.ts'
import type { Box } from './matrix.ts'
import { withDocument } from './open-pdf.ts'
import type { FilledArea, HiddenReason, PageContent, TextRun } from './page-content.ts'
import { rotateHeadings } from './rotated-headings.ts'
import { withoutWatermarks } from './watermarks.ts'

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
  plane: TextLayer
}

/** All text of a page that runs in one direction, turned upright. */
export interface TextLayer {
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
  why: HiddenReason
  box: Box
}

export interface Page {
  number: number
  width: number
  height: number
  planes: TextLayer[]
  hidden: HiddenText[]
  /** Glyphs on it, and how many of them stand for no character. */
  glyphs: number
  unmapped: number
  images: number
  outlines: number
  /** Nothing is painted on it. */
  isBlank: boolean
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
    const painted = interpretPage(page, operators, (id) => layers.getGroup(id)?.visible ?? true)
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
  if (words.length === 1) return words[0]!.text
  return words.map((word) => word.text).join(' ')
}

/** From upright coordinates back to those of the page as seen, top left 0, 0. */
export function onPage(plane: TextLayer, box: Box): Box {
  const { width, height } = plane
  if (plane.angle === 90) return { x0: width - box.y1, x1: width - box.y0, y0: box.x0, y1: box.x1 }
  if (plane.angle === 180)
    return { x0: width - box.x1, x1: width - box.x0, y0: height - box.y1, y1: height - box.y0 }
  if (plane.angle === 270) return { x0: box.y0, x1: box.y1, y0: height - box.x1, y1: height - box.x0 }
  return { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1 }
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

function arrange(number: number, width: number, height: number, painted: PageContent): Page {
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
  const planes: TextLayer[] = []
  for (const [angle, words] of byAngle) {
    if (angle % 90 !== 0) continue
    const rules = [...painted.rules, ...painted.areas.filter(isCellLike)].map((rule) =>
      uprightBox(angle, width, height, rule),
    )
    const plane: TextLayer = { page: number, angle, width, height, lines: [], rules }
    plane.lines = groupIntoLines(plane, withoutWatermarks(words))
    planes.push(plane)
  }
  planes.sort((a, b) => b.lines.length - a.lines.length)
  return {
    number,
    width,
    height,
    planes: rotateHeadings(planes),
    hidden: joinHidden(hidden),
    glyphs,
    unmapped,
    images: painted.images,
    outlines: painted.outlines,
    isBlank:
      painted.images + painted.outlines === 0 &&
      [painted.pieces, painted.areas, painted.rules].every(({ length }) => length === 0),
  }
}

function isCellLike(area: FilledArea): boolean {
  return area.y1 - area.y0 > 6 && area.x1 - area.x0 > 6
}

function angleOf(piece: TextRun): number {
  const dx = piece.to[0] - piece.from[0]
  const dy = piece.to[1] - piece.from[1]
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI
  const nearest = Math.round(degrees / 90) * 90
  const angle = Math.abs(degrees - nearest) < 3 ? nearest : Math.round(degrees) + 0.5
  return (angle + 360) % 360
}

function wordOf(piece: TextRun, angle: number, width: number, height: number): Word {
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

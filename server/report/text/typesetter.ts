import type { Face, Faces, Weight } from './faces.ts'
import type { Glyph } from './glyph.ts'
import { outline } from './outline.ts'
import { type Run, shape, unread } from './shape.ts'

/** A font as a document embeds it: only the glyphs that were used, each use with its own spelling. */
export interface EmbeddedFont {
  id: string
  subset: { glyphs: number[] }
  widths: number[]
  unicode: number[][]
}

interface Piece {
  font: EmbeddedFont
  /** Where it begins, if not where the piece before it ended. */
  at: number | null
  /** What the TJ operator shows: codes of two bytes each (Latin-1), and gaps between them in 1/1000 em. */
  shown: (string | number)[]
  /** Distance above the baseline, 1/1000 em. */
  rise: number
}

/** A text ready to be shown in one document at any size. Lengths in 1/1000 em. */
export interface TypeLine {
  width: number
  pieces: Piece[]
  /** Frames with the name of a character that must not act; without a name, a caret where it stands. */
  marks: { x: number; width: number; label: string | null }[]
  /** The text, where the glyphs do not spell it one by one in reading order. */
  actual: string | null
  isRightToLeft: boolean
}

const markSize = 0.5
const markPadding = 90
// Narrow enough that readers see no space in it.
const caretWidth = 90

/** Sets lines of text for one document. `embed` adds a face to the document. */
export class Typesetter {
  private readonly lines = { 400: new Map<string, TypeLine>(), 600: new Map<string, TypeLine>() }
  private readonly fonts = new Map<Face, EmbeddedFont>()
  private readonly slots = new Map<EmbeddedFont, Map<string, string>>()
  private readonly faces: Faces
  private readonly embed: (face: Face) => EmbeddedFont

  constructor(faces: Faces, embed: (face: Face) => EmbeddedFont) {
    this.faces = faces
    this.embed = embed
  }

  line(text: string, weight: Weight): TypeLine {
    const known = this.lines[weight].get(text)
    if (known) return known
    const { runs, order, actual, isRightToLeft } = shape(text, weight, this.faces)
    const widths = runs.map((run) => this.widthOf(run))
    const line: TypeLine = { width: 0, pieces: [], marks: [], actual, isRightToLeft }
    const places: number[] = []
    if (isRightToLeft) this.appendEnd(0, line)
    for (const index of order) {
      places[index] = line.width
      line.width += widths[index]!
    }
    let end = 0
    runs.forEach((run, index) => {
      const at = places[index]!
      const first = line.pieces.length
      if ('mark' in run) this.appendMark(run, at, widths[index]!, line)
      else this.append(run, line)
      if (at !== end && line.pieces[first]) line.pieces[first].at = at
      end = at + widths[index]!
    })
    if (isRightToLeft) this.appendEnd(line.width, line)
    this.lines[weight].set(text, line)
    return line
  }

  private widthOf(run: Run): number {
    if ('mark' in run)
      return isCaret(run)
        ? run.text
          ? 0
          : caretWidth
        : outline(run.mark, run.face.font).width * markSize + 2 * markPadding
    return run.glyphs.reduce((sum, { advance }) => sum + advance, 0)
  }

  private append({ face, glyphs }: Extract<Run, { glyphs: Glyph[] }>, line: TypeLine): void {
    const font = this.fontOf(face)
    let gap = 0
    glyphs.forEach((glyph, index) => {
      const before = glyphs[index - 1]
      // pdf.js loses the gap after a glyph that it leaves out, unless the gap begins a piece.
      if (before?.dy !== glyph.dy || before.text === unread)
        line.pieces.push({ font, at: null, shown: [], rise: glyph.dy })
      const { shown } = line.pieces.at(-1)!
      gap -= glyph.dx
      if (Math.abs(gap) >= 0.01) shown.push(number(gap))
      const code = this.slot(font, glyph)
      const last = shown.at(-1)
      if (typeof last === 'string') shown[shown.length - 1] = last + code
      else shown.push(code)
      gap = glyph.width - glyph.advance + glyph.dx
    })
    if (Math.abs(gap) >= 0.01) line.pieces.push({ font, at: null, shown: [number(gap)], rise: 0 })
  }

  private appendMark(
    { face, mark, text }: Extract<Run, { mark: string }>,
    x: number,
    width: number,
    line: TypeLine,
  ): void {
    const font = this.fontOf(face)
    const isNarrow = isCaret({ text })
    const blank = face.font.glyphForCodePoint(isNarrow ? 0x200b : 0x20)
    // What the mark stands for is spelled by a blank beneath it.
    const spelling = text ? [this.slot(font, { id: blank.id, text, width: blank.advanceWidth })] : []
    const gap = (text ? blank.advanceWidth : 0) - width
    line.marks.push({ x, width, label: isNarrow ? null : mark })
    line.pieces.push({ font, at: null, shown: [...spelling, number(gap)], rise: 0 })
  }

  /** An unread blank at an end of the line: poppler measures a text from its first glyph to its last. */
  private appendEnd(at: number, line: TypeLine): void {
    const face = this.faces.plain(400)
    const font = this.fontOf(face)
    const code = this.slot(font, { id: face.font.glyphForCodePoint(0x200b).id, text: unread, width: 0 })
    line.pieces.push({ font, at, shown: [code], rise: 0 })
  }

  private fontOf(face: Face): EmbeddedFont {
    let font = this.fonts.get(face)
    if (!font) {
      font = this.embed(face)
      this.fonts.set(face, font)
      this.slots.set(font, new Map())
    }
    return font
  }

  /** The code of a glyph that reads back as `text`, as two bytes: two spellings of one glyph are two codes. */
  private slot(font: EmbeddedFont, { id, text, width }: Pick<Glyph, 'id' | 'text' | 'width'>): string {
    const slots = this.slots.get(font)!
    const key = `${id} ${text}`
    const known = slots.get(key)
    if (known) return known
    const code = font.subset.glyphs.push(id) - 1
    font.widths[code] = width
    font.unicode[code] = [...text].map((char) => char.codePointAt(0)!)
    const bytes = String.fromCharCode(code >> 8, code & 0xff)
    slots.set(key, bytes)
    return bytes
  }
}

const isCaret = ({ text }: { text: string }) => /^\p{Mn}*$/u.test(text)
const number = (value: number) => Math.round(value * 100) / 100

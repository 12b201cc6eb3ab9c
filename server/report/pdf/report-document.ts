import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { color, page, rgb } from '../style.ts'
import type { Faces, Weight } from '../text/faces.ts'
import { outline } from '../text/outline.ts'
import { type EmbeddedFont, type TypeLine, Typesetter } from '../text/typesetter.ts'
import { metadataPacket } from './metadata.ts'
import { PackedObjects } from './packed-objects.ts'
import { PdfMakeDocument, type Reference } from './pdfmake.ts'
import { type Element, raw, StructureTree } from './structure-tree.ts'
import { literalString, textString } from './text-string.ts'

export interface About {
  title: string
  subject: string
  asOf: string
}

/** In points from the top left. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

const pdfkit = createRequire(import.meta.url).resolve('pdfkit')
const colorProfile = readFileSync(join(dirname(pdfkit), 'data/sRGB_IEC61966_2_1.icc'))
const creator = 'altostrat-contract'
export const language = 'en'

/**
 * pdfmake's pdfkit document, drawn on with operators: tagged content, text in any script. Coordinates have
 * their origin at the top left of the page.
 */
export class ReportDocument extends PdfMakeDocument {
  readonly structure: StructureTree
  readonly type: Typesetter
  private readonly objects: PackedObjects
  private readonly about: About
  private readonly faces: Faces
  private readonly references = new Map<EmbeddedFont, Reference>()
  /** How many pages have been begun. */
  private pages = 0

  constructor(about: About, faces: Faces) {
    super(
      {},
      {},
      {},
      {},
      {
        pdfVersion: '1.7',
        lang: language,
        displayTitle: true,
        autoFirstPage: false,
        // The last thing drawn on a page says how many there are.
        bufferPages: true,
        font: null,
        info: {
          Title: about.title,
          Author: creator,
          Subject: about.subject,
          Creator: creator,
          Producer: 'pdfmake',
          CreationDate: new Date(about.asOf),
          ModDate: new Date(about.asOf),
        },
      },
    )
    this.about = about
    this.faces = faces
    this.objects = new PackedObjects(this)
    this.structure = new StructureTree(this, this.objects)
    this.type = new Typesetter(faces, ({ bytes }) => {
      this.font(bytes)
      this.references.set(this._font, this._font.ref())
      // The glyph of missing characters is never shown, and must not read as NUL.
      this._font.unicode[0] = [0x20]
      return this._font
    })
  }

  beginPage(): void {
    this.addPage({ size: [page.width, page.height], margin: 0 })
    this.structure.beginPage()
    this.pages++
  }

  endPage(): void {
    this.structure.endPage()
  }

  /** Operators as content of an element. */
  tag(element: Element, operators: string): string {
    return `${this.structure.mark(element)} ${operators} EMC`
  }

  /** The operators that show a line with its baseline at `y`. */
  show(line: TypeLine, x: number, y: number, size: number, ink: string): string {
    let shown = `BT ${rgb(ink)} rg 1 0 0 -1 ${round(x)} ${round(y)} Tm `
    let current = ''
    for (const { font, at, shown: glyphs, rise } of line.pieces) {
      this.page.fonts[font.id] ??= this.references.get(font)!
      if (current !== font.id) shown += `/${font.id} ${size} Tf `
      current = font.id
      if (at !== null) shown += `1 0 0 -1 ${round(x + (at * size) / 1000)} ${round(y)} Tm `
      const codes = glyphs.map((each) => (typeof each === 'string' ? literalString(each) : each)).join('')
      shown += rise === 0 ? `[${codes}]TJ ` : `${round((rise * size) / 1000)} Ts[${codes}]TJ 0 Ts `
    }
    shown += 'ET'
    if (line.marks.length > 0)
      shown += ` ${line.marks.map((mark) => this.drawMark(mark, x, y, size)).join(' ')}`
    if (line.actual === null) return shown
    if (line.isRightToLeft) shown = `/Span<</ActualText${textString(asSeen(line.actual))}>>BDC ${shown} EMC`
    return `/Span<</ActualText${textString(line.actual)}>>BDC ${shown} EMC`
  }

  /** A character that must not act, as a caret or by its name in a frame: drawn, not text. */
  private drawMark(
    { x: at, width, label }: TypeLine['marks'][number],
    x: number,
    y: number,
    size: number,
  ): string {
    const em = size / 1000
    const left = x + at * em
    const ink = `q ${rgb(color.muted)} RG ${rgb(color.muted)} rg`
    const line = (top: number) => `${round(left + 45 * em)} ${round(y - top * em)}`
    if (label === null) {
      const head = `${round(left - 45 * em)} ${round(y - 850 * em)} m ${round(left + 135 * em)} ${round(y - 850 * em)} l ${line(650)} l f`
      return `${ink} ${round(40 * em)} w ${line(-120)} m ${line(700)} l S ${head} Q`
    }
    const frame = `${round(left + 30 * em)} ${round(y - 640 * em)} ${round((width - 60) * em)} ${round(740 * em)} re S`
    const name = outline(label, this.faces.plain(400).font).draw(left + 90 * em, y - 100 * em, size * 0.5)
    return `${ink} ${round(45 * em)} w ${frame} ${name} Q`
  }

  width(text: string, weight: Weight, size: number): number {
    return (this.type.line(text, weight).width * size) / 1000
  }

  /** Draws on every page once their number is known. */
  drawOnPages(draw: (number: number, of: number) => void): void {
    for (let at = 0; at < this.pages; at++) {
      this.switchToPage(at)
      draw(at + 1, this.pages)
    }
  }

  /** A link of the page to a named destination, as content of a Link element. */
  link(element: Element, box: Box, destination: string, contents: string): void {
    const rect = [box.x, page.height - box.y - box.height, box.x + box.width, page.height - box.y].map(round)
    const id = this.objects.reserve()
    const key = this.structure.addAnnotation(element, id)
    this.objects.add(
      id,
      `<</Type/Annot/Subtype/Link/Rect[${rect.join(' ')}]/Border[0 0 0]/F 4/StructParent ${key}` +
        `/Contents${textString(contents)}/Dest${textString(destination)}>>`,
    )
    this.page.annotations.push(raw(`${id} 0 R`))
  }

  /** pdfkit calls it in its constructor as well, before there are fields. */
  override ref(data?: Record<string, unknown>): Reference {
    const reference = super.ref(data)
    const { finalize } = reference
    reference.finalize = () => {
      reference.finalize = finalize
      this.objects.end(reference)
    }
    return reference
  }

  endMetadata(): void {
    this.structure.end()
    const packet = this.ref({ Type: 'Metadata', Subtype: 'XML' })
    packet.compress = false
    packet.end(Buffer.from(metadataPacket({ ...this.about, creator, language }), 'utf8'))
    this._root.data.Metadata = packet
    this._root.data.OutputIntents = [this.outputIntent()]
  }

  /** What the colours mean (ISO 19005-2 §6.2.3): sRGB, with the profile that pdfkit brings along. */
  private outputIntent(): Reference {
    const profile = this.ref({ N: 3 })
    profile.end(colorProfile)
    const condition = new String('sRGB IEC61966-2.1')
    const intent = this.ref({
      Type: 'OutputIntent',
      S: 'GTS_PDFA1',
      OutputConditionIdentifier: condition,
      Info: condition,
      DestOutputProfile: profile,
    })
    intent.end()
    return intent
  }

  _finalize(): void {
    this.objects.finish()
    ;(this as unknown as { push(chunk: null): void }).push(null)
  }
}

const letter = '(?!\\p{Nd})[\\p{Script=Hebrew}\\p{Script=Arabic}]'
const rightToLeft = new RegExp(`${letter}(?:[^\\p{L}\\p{Nd}]*(?:${letter}|\\p{Mn}))*`, 'gu')

/**
 * What poppler needs to give a right-to-left text back: it takes replacement text for what is seen from left
 * to right, reads the innermost, and ends a right-to-left stretch at a letter or mark of the other direction.
 */
function asSeen(text: string): string {
  return text.replace(rightToLeft, (stretch) => `${[...stretch].reverse().join('')}\u200e`)
}

export const round = (value: number) => Math.round(value * 100) / 100

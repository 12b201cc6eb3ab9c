import createBidi, { type Bidi } from 'bidi-js'
import { arrangePage } from '../../../conformance/pdf/pages/arrange-page.ts'
import type { Page } from '../../../conformance/pdf/pages/page.ts'
import type { TextRun } from '../../../conformance/pdf/pages/page-content.ts'

const bidi = (createBidi as unknown as () => Bidi)()

/**
 * Draws text into the judge's page model, from top to bottom, as a PDF of that text is read: without fonts, so that any
 * script can be drawn, and without a file. Lengths are points; `y` is the baseline of what is drawn next.
 */
export class PageDrawer {
  readonly #pages: TextRun[][] = [[]]
  readonly #isRightToLeft: boolean
  readonly width = 842
  readonly height = 595
  y = 50

  /** Where pages run from right to left, `x` counts from the right edge. */
  constructor(isRightToLeft: boolean) {
    this.#isRightToLeft = isRightToLeft
  }

  /** `x` is where the text begins (`start`), ends (`end`) or has its middle (`center`). */
  text(x: number, text: string, { size = 9, bold = false, align = 'start' } = {}): void {
    const width = widthOf(text, size)
    const from = align === 'start' ? x : align === 'end' ? x - width : x - width / 2
    let left = this.#isRightToLeft ? this.width - from - width : from
    const levels = bidi.getEmbeddingLevels(text, this.#isRightToLeft ? 'rtl' : 'ltr')
    for (const [at, word] of bidi.getReorderedString(text, levels).split(' ').entries()) {
      const right = left + widthOf(word, size)
      if (word)
        this.#pages.at(-1)!.push({
          text: word,
          from: [left, this.y],
          to: [right, this.y],
          size,
          font: bold ? 'bold' : 'regular',
          color: '#000000',
          spaced: at > 0,
          unmapped: 0,
          hidden: null,
        })
      left = right + blank * size
    }
  }

  /** Goes to the next page where `height` does not fit; says whether it did. */
  ensureRoom(height: number): boolean {
    if (this.y + height < this.height - 40) return false
    this.#pages.push([])
    this.y = 50
    return true
  }

  pages(): Page[] {
    const { width, height } = this
    const nothing = { areas: [], rules: [], images: 0, outlines: 0, undrawn: 0 }
    return this.#pages.map((runs, at) => arrangePage({ number: at + 1, width, height }, { runs, ...nothing }))
  }
}

/** In ems. */
const blank = 0.28

/** As of a font whose letters are half an em wide, and those of East Asia a whole one. */
export function widthOf(text: string, size: number): number {
  const ems = [...text].map((char): number => {
    if (char === ' ') return blank
    if (/\p{M}/u.test(char)) return 0
    return /[\u1100-\u11ff\u2e80-\ud7ff\uff00-\uffef]/.test(char) ? 1 : 0.5
  })
  return ems.reduce((sum, each) => sum + each, 0) * size
}

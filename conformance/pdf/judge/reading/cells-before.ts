import { isRightToLeft } from '../../pages/bidi.ts'
import type { Line, Segment } from '../../pages/page.ts'

/** The cells that are read before one on its line, the nearest first. */
export function cellsBefore({ line, index }: Segment): Segment[] {
  const { segments } = line
  return isFromRight(line) ? segments.slice(index + 1) : segments.slice(0, index).reverse()
}

/** Whether a line has words that run from right to left: then its cells do too. */
export function isFromRight({ segments }: Line): boolean {
  return segments.some(({ words }) => words.some(({ text }) => isRightToLeft(text)))
}

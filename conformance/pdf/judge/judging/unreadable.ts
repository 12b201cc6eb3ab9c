import { linesOf, type Page } from '../../pages/page.ts'
import type { Understood } from '../reading/read.ts'

/** Fewer glyphs than this on a page are a page number or a mark, not its content. */
const hardlyAny = 12

/** So much of a letter's size do words never reach into each other that are set for reading. */
const overlap = 0.5

/** How many pages show pictures or outlines in place of text. */
export function countPictures(pages: Page[]): number {
  return pages.filter(({ glyphs, images, outlines }) => glyphs < hardlyAny && (images > 0 || outlines > 20))
    .length
}

/** Why nobody can judge the text; null where there is text to judge. */
export function whyUnreadable(pages: Page[]): string | null {
  const sum = (count: (page: Page) => number) => pages.reduce((total, page) => total + count(page), 0)
  const glyphs = sum((page) => page.glyphs)
  if (countPictures(pages) === pages.length && pages.length > 0)
    return sum((page) => page.images) > 0
      ? 'The pages are pictures: there is no text to read'
      : 'The text is drawn as outlines: there is no text to read'
  if (glyphs > 0 && sum((page) => page.unmapped) > 0.3 * glyphs)
    return 'The glyphs stand for no characters: the text cannot be extracted'
  return null
}

/** Whether glyphs without a character are all over the pages: words read from them prove nothing. */
export function isPatchy(pages: Page[]): boolean {
  const lines = pages.flatMap(({ layers }) => layers.flatMap((layer) => layer.lines))
  const patched = lines.filter(({ segments }) =>
    segments.some(({ words }) => words.some(({ unmapped }) => unmapped > 0)),
  )
  return lines.length > 4 && patched.length > 0.4 * lines.length
}

/** Whether text is drawn over other text on most lines: nobody can tell what stands there. */
export function isOverprinted(pages: Page[]): boolean {
  const lines = pages.flatMap(({ layers }) => layers.flatMap((layer) => layer.lines))
  const overprinted = lines.filter(({ segments, size }) => {
    const words = segments.flatMap((segment) => segment.words).sort((a, b) => a.x0 - b.x0)
    return words.some((word, at) => at > 0 && words[at - 1]!.x1 - word.x0 > overlap * size)
  })
  return lines.length > 4 && overprinted.length > 0.4 * lines.length
}

/** Many glyphs without a character, and not one name or label among what can be read: codes, not language. */
export function areIllegible(pages: Page[], { mentions, labels }: Understood): boolean {
  const glyphs = pages.reduce((sum, page) => sum + page.glyphs, 0)
  const unmapped = pages.reduce((sum, page) => sum + page.unmapped, 0)
  if (glyphs === 0 || unmapped < 0.02 * glyphs || mentions.length > 0) return false
  return pages.every((page) =>
    linesOf(page).every((line) => {
      const { types, figures } = labels.read(line)
      return types.length + figures.filter(({ what }) => what !== 'other').length === 0
    }),
  )
}

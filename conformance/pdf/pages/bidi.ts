import createBidi, { type Bidi } from 'bidi-js'
import type { Word } from './page.ts'

const bidi = (createBidi as unknown as () => Bidi)()

/** The first right-to-left character is U+0590. Most words end the search here. */
const beyondLeftToRight = /[\u0590-\u{10ffff}]/u

/** Letters, marks and digits of right-to-left scripts, presentation forms included. */
const rightToLeftScript = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u

/** Whether a glyph belongs to a right-to-left script; its digits and marks do too, though they have no direction. */
export function isOfRightToLeftScript(glyph: string): boolean {
  return rightToLeftScript.test(glyph)
}

/** Whether a text has a character that runs from right to left: class R or AL of UAX #9. */
export function isRightToLeft(text: string): boolean {
  if (!beyondLeftToRight.test(text)) return false
  return [...text].some((character) => /^(?:R|AL)$/.test(bidi.getBidiCharTypeName(character)))
}

/** The characters in opposite order: from that of the page to that of reading, or back. */
export function reversed(text: string): string {
  return [...text].reverse().join('')
}

/**
 * The words of a line in reading order. UAX #9 leads from reading order to that of the page; this is the way back, for
 * which the page gives no levels. They come in the order of the page, from left to right, the letters of
 * right-to-left words too; a run of these, with the digits and signs between them, is read from its right end.
 */
export function inReadingOrder(words: Word[]): Word[] {
  if (!words.some(({ text }) => isRightToLeft(text))) return words
  const read: Word[] = []
  let at = 0
  while (at < words.length) {
    const end = endOfRun(words, at)
    const run = words.slice(at, end).reverse()
    read.push(
      ...run.map((word) => (isRightToLeft(word.text) ? { ...word, text: readFromRight(word.text) } : word)),
    )
    at = end
  }
  return read
}

/** The letters of a word from right to left; numbers in it run from the left in every script. */
function readFromRight(text: string): string {
  return reversed(text).replace(/\p{Nd}+(?:[.,٫٬]\p{Nd}+)*/gu, reversed)
}

/** Whether most letters are those of right-to-left scripts: then what is set in them runs from the right as a whole. */
export function isMostlyFromRight(words: Word[]): boolean {
  if (!words.some(({ text }) => beyondLeftToRight.test(text))) return false
  const letters = words.flatMap(({ text }) => text.match(/\p{L}/gu) ?? [])
  return letters.filter(isOfRightToLeftScript).length > 0.5 * letters.length
}

/** The end of the right-to-left run that starts here; a run of one where none does. */
function endOfRun(words: Word[], start: number): number {
  let end = start + 1
  if (!isRightToLeft(words[start]!.text)) return end
  for (let at = start + 1; at < words.length; at += 1) {
    if (isRightToLeft(words[at]!.text)) end = at + 1
    else if (/\p{L}/u.test(words[at]!.text)) break
  }
  return end
}

/**
 * As `inReadingOrder`, for words whose paragraph runs from the right, given in reading order of one from the left:
 * runs of other scripts keep their order within themselves. Numbers and signs beside words that run from the right do
 * not: these are no run of their own (UAX #9, rule N1).
 */
export function inReadingOrderFromRight(words: Word[]): Word[] {
  const read: Word[] = []
  let run: Word[] = []
  const inOrder = (of: Word[]) => (of.some(({ text }) => /\p{L}/u.test(text)) ? of.toReversed() : of)
  for (const word of words.toSorted((a, b) => b.x0 - a.x0)) {
    if (isRightToLeft(word.text)) {
      read.push(...inOrder(run), word)
      run = []
    } else run.push(word)
  }
  return [...read, ...inOrder(run)]
}

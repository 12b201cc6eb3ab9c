import { isOfRightToLeftScript } from './bidi.ts'

/** A glyph as pdf.js shows it. */
export interface Glyph {
  originalCharCode: number
  unicode: string
  width: number
  isSpace: boolean
  isInFont: boolean
}

/** Where glyph numbers of a few thousand fall when they are taken for characters, and no report is written. */
function isRareScript(text: string): boolean {
  return /^[\u0530-\u058f\u0700-\u08ff\u1200-\u1cff]/u.test(text)
}

/**
 * Some producers map the first or last glyph of a shaped right-to-left run to the text of the whole run, and the
 * others to nothing. The run's text is then the longest that a glyph stands for.
 */
export function clusterText(glyphs: (Glyph | number)[]): string | null {
  let longest = ''
  let plain = 0
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') continue
    if (glyph.unicode.length > longest.length) longest = glyph.unicode
    if (isOfRightToLeftScript(glyph.unicode) && glyph.unicode.length < 4) plain += 1
  }
  return longest.length >= 5 && isOfRightToLeftScript(longest) && plain <= 1 ? longest : null
}

export function isUnmapped(glyph: Glyph): boolean {
  const code = glyph.unicode.codePointAt(0) ?? 0
  const control = code < 32 || (code >= 0x7f && code < 0xa0) || code === 0xfffd || code === 0xffff
  const privateUse = (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000
  // Without a mapping pdf.js gives the character code itself.
  const isCode =
    code > 0xff && code === glyph.originalCharCode && !/^[\p{Script=Latin}\p{P}\p{Z}]/u.test(glyph.unicode)
  return glyph.unicode === '' || control || privateUse || (isCode && isRareScript(glyph.unicode))
}

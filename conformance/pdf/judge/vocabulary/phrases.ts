import type { Phrases } from './language.ts'

/** The source of a pattern for any of the phrases, the longest first: of two that fit, the longer says more. */
export function sourceOf(...lists: (Phrases | undefined)[]): string {
  const phrases = new Set(lists.flatMap((list = '') => phrasesIn(list).flatMap(spellings)))
  return [...phrases]
    .sort((a, b) => b.length - a.length)
    .map(toSource)
    .join('|')
}

/** A pattern for any of the phrases as whole words; Chinese and Japanese part no words. */
export function wholeWord(source: string, flags = 'iu'): RegExp {
  return new RegExp(
    `(?:(?=${unparted})|(?<![\\p{L}\\p{N}]))(?:${source})(?:(?<=${unparted})|(?![\\p{L}\\p{M}\\p{N}]))`,
    flags,
  )
}

/** A letter of a script that writes words without blanks between them. */
export const unparted = '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}]'

/** Capitals and programs for ASCII go without accents; in capitals, a dotless i is like any other. */
function spellings(phrase: string): string[] {
  const plain = phrase
    .normalize('NFD')
    .replace(/(?<=[\p{sc=Latn}\p{sc=Grek}]\p{M}*)\p{M}/gu, '')
    .normalize('NFC')
  return [phrase, phrase.replaceAll('ı', 'i'), plain.replace(/[ıłøđ]/g, (letter) => plainLetters[letter]!)]
}

const plainLetters: Record<string, string> = { ı: 'i', ł: 'l', ø: 'o', đ: 'd' }

export function phrasesIn(list: Phrases): string[] {
  const phrases = list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' '))
  return phrases.filter((phrase) => phrase !== '')
}

/** What the notation of `Phrases` means, and nothing else of a pattern's syntax. */
const meanings: Record<string, string> = {
  '(': '(?:',
  ')': ')?',
  '[': '(?:',
  ']': ')',
  '|': '|',
  '*': '[\\p{L}\\p{M}]*',
}

function toSource(phrase: string): string {
  const alone = phrase.replace(/(?<=^| )\*(?= |$)/g, '\u0000')
  return [...alone]
    .map(
      (char) =>
        meanings[char] ??
        (char === '\u0000' ? '[\\p{L}\\p{M}\\p{N}]+' : char.replace(/[.+?^${}\\/]/g, '\\$&')),
    )
    .join('')
}

import type { Phrases } from './language.ts'

/** The source of a pattern for any of the phrases, the longest first: of two that fit, the longer says more. */
export function sourceOf(...lists: (Phrases | undefined)[]): string {
  const phrases = new Set(lists.flatMap((list = '') => phrasesIn(list)))
  return [...phrases]
    .sort((a, b) => b.length - a.length)
    .map(toSource)
    .join('|')
}

/** A pattern for any of the phrases as whole words. */
export function wholeWord(source: string, flags = 'iu'): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, flags)
}

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
  '*': '\\S*',
}

function toSource(phrase: string): string {
  const alone = phrase.replace(/(?<=^| )\*(?= |$)/g, '\u0000')
  return [...alone]
    .map((char) => meanings[char] ?? (char === '\u0000' ? '\\S+' : char.replace(/[.+?^${}\\/]/g, '\\$&')))
    .join('')
}

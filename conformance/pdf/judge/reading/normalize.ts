import { remembered } from '../../remembered.ts'

const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * Letters and digits as they compare, character by character, so that it does not matter how a file cuts text into
 * glyphs: no case, no compatibility forms, no marks. Text without any letter or digit stands for itself.
 */
export function keyOf(text: string): string {
  const letters = [...text].flatMap((char) => keyOfChar(char) ?? []).join('')
  return letters || fold(text).replace(/\s|\p{Cf}|\ufe0f/gu, '')
}

/** Empty for a mark, which belongs to the letter before it; null for what parts words. */
export function keyOfChar(char: string): string | null {
  if ((char >= 'a' && char <= 'z') || (char >= '0' && char <= '9')) return char
  if (char >= 'A' && char <= 'Z') return char.toLowerCase()
  const folded = char.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD')
  const letters = folded.replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' && !/^(?:\p{M}|\p{Cf})*$/u.test(folded) ? null : letters
}

/** One space between words, compatibility forms resolved, case folded, invisible characters gone. */
export const fold = remembered(
  (text: string): string =>
    text
      .normalize('NFKC')
      .replace(unseen, '')
      .replace(/\s+/g, ' ')
      .trim()
      .toUpperCase()
      .toLowerCase()
      .normalize('NFKC'),
  10_000,
)

/** The words of a text, whatever its numbers are: `Page #`. */
export const wordsOf = remembered((text: string) => fold(text).replace(/\d+/g, '#'), 10_000)

/** As it is written, but for spacing and the ways to encode the same letter. */
export function spelling(text: string): string {
  return text.normalize('NFKC').replace(unseen, '').replace(/\s/g, '')
}

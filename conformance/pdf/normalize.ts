/** Letters and digits as they compare: compatibility forms, case and marks that fonts reorder no longer matter. */
export function keyOf(text: string): string {
  const folded = fold(text)
  const letters = folded.replace(/[^\p{L}\p{N}]/gu, '')
  return letters || folded.replace(/\s|\p{Cf}|\ufe0f/gu, '')
}

/** One space between words, compatibility forms resolved, case folded, invisible characters gone. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
}

/** Words of letters and digits. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
}

const letterOrDigit = /[\p{L}\p{N}]/u

export function isLetterOrDigit(char: string): boolean {
  return letterOrDigit.test(char)
}

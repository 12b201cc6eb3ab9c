/** So many successive characters of a secret are one of its runs, and replaced. */
export const shortestRun = 16

/** A run of prose is no longer than this. */
const longestOfProse = 40

/** Words between blanks, of which a key written as a sentence consists. */
const fewestWords = 4

/**
 * How many successive characters of a secret are replaced where they stand in plain text. Of a secret written as prose
 * it is half of them: 16 are two or three words, which our own messages have as well, and say little of the rest.
 */
export function shortestRunOf(secret: string): number {
  const words = secret.trim().split(/\s+/)
  const ordinary = words.filter((word) => /^["'(]?[A-Za-z][a-z]{0,19}["'),.:;?!]*$/.test(word))
  const isProse = ordinary.length >= fewestWords && ordinary.length > words.length / 2
  return isProse ? Math.max(shortestRun, Math.min(longestOfProse, Math.ceil(secret.length / 2))) : shortestRun
}

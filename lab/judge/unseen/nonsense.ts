import { randomFrom } from '../corpus/organizations.ts'
import type { LocalWording } from '../languages/local-wording.ts'

/** The wording with a word that no language has in place of each word. The same seed gives the same words. */
export function nonsense(words: LocalWording, seed: number): LocalWording {
  const random = randomFrom(seed)
  const pick = (letters: string) => letters[Math.floor(random() * letters.length)]!
  const word = () => {
    const syllables = Array.from({ length: 3 }, () => pick('bdfgklmnprtvz') + pick('aeiou'))
    return `${syllables.join('')}x`
  }
  const head = () => word().replace(/^./, (letter) => letter.toUpperCase())
  // A wording that shows one usage heads both alike.
  const direct = head()
  return {
    ...words,
    types: Object.fromEntries(Object.keys(words.types).map((type) => [type, head()])),
    direct,
    subtree: words.shows === 'both' ? head() : direct,
    limit: head(),
    free: head(),
    none: word(),
    zero: word(),
    name: head(),
    total: head(),
    ratio: (used, limit) => `${used} / ${limit}`,
  }
}

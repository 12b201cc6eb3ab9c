import { holds } from './matrix.ts'
import { boxOf, type DrawnWord } from './page.ts'

/** How many times larger than what it lies over a word must be to be no part of it. */
const larger = 2.5

/** Words without those that lie across others: large letters over a table are no line of it. */
export function withoutWatermarks(words: DrawnWord[]): DrawnWord[] {
  const smallest = words.reduce((least, { size }) => Math.min(least, size), Number.POSITIVE_INFINITY)
  const across = new Set(
    words.filter(
      (word) => word.size > larger * smallest && words.filter((other) => liesOver(word, other)).length > 1,
    ),
  )
  return across.size > 0 ? words.filter((word) => !across.has(word)) : words
}

function liesOver(word: DrawnWord, other: DrawnWord): boolean {
  if (word.size <= larger * other.size) return false
  const [large, small] = [boxOf(word), boxOf(other)]
  return holds(large, (small.x0 + small.x1) / 2, (small.y0 + small.y1) / 2)
}

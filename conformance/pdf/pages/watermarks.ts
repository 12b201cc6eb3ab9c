import type { Box } from './matrix.ts'

interface Written extends Box {
  size: number
}

/** How many times larger than what it lies over a word must be to be no part of it. */
const larger = 2.5

/** Words without those that lie across others: large letters over a table are no line of it. */
export function withoutWatermarks<W extends Written>(words: W[]): W[] {
  const smallest = words.reduce((least, { size }) => Math.min(least, size), Number.POSITIVE_INFINITY)
  const across = new Set(
    words.filter(
      (word) => word.size > larger * smallest && words.filter((other) => liesOver(word, other)).length > 1,
    ),
  )
  return across.size > 0 ? words.filter((word) => !across.has(word)) : words
}

function liesOver(word: Written, other: Written): boolean {
  const x = (other.x0 + other.x1) / 2
  const y = (other.y0 + other.y1) / 2
  return word.size > larger * other.size && x > word.x0 && x < word.x1 && y > word.y0 && y < word.y1
}

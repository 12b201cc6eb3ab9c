import type { Segment, Word } from '../../pages/page.ts'
import { keyOfChar } from './normalize.ts'

/** A stretch of one segment. */
export interface Stretch {
  segment: Segment
  /** First and last word. */
  from: number
  to: number
  /** In the segment's text. */
  start: number
  end: number
}

/** What stands there. */
export const textIn = ({ segment, start, end }: Stretch) => segment.text.slice(start, end)

/** The letters and digits of a segment, by which names are looked for, with where each stands. */
export interface SegmentKey {
  chars: string[]
  /** Of each: its word, its place in the segment's text, and whether a word or part of one begins or ends there. */
  word: number[]
  offset: number[]
  begins: boolean[]
  ends: boolean[]
}

export function segmentKey(words: Word[]): SegmentKey {
  const key: SegmentKey = { chars: [], word: [], offset: [], begins: [], ends: [] }
  let base = 0
  for (const [index, word] of words.entries()) {
    let fresh = true
    let offset = base
    for (const char of word.text) {
      const letters = keyOfChar(char)
      if (letters === null) {
        if (key.ends.length > 0 && !fresh) key.ends[key.ends.length - 1] = true
        fresh = true
      } else
        for (const letter of letters) {
          key.chars.push(letter)
          key.word.push(index)
          key.offset.push(offset)
          key.begins.push(fresh)
          key.ends.push(false)
          fresh = false
        }
      offset += char.length
    }
    if (!fresh) key.ends[key.ends.length - 1] = true
    base += word.text.length + 1
  }
  return key
}

/** Ends a word at a letter: what an identifier runs into is the text of the next cell. */
export function partAfter({ begins, ends }: SegmentKey, at: number): void {
  ends[at] = true
  if (at + 1 < begins.length) begins[at + 1] = true
}

export function stretchOf(segment: Segment, key: SegmentKey, first: number, last: number): Stretch {
  const from = key.word[first]!
  const to = key.word[last]!
  const start = key.offset[first]!
  return { segment, from, to, start, end: key.offset[last]! + 1 }
}

/** Where the character at an offset of the segment's text stands. */
export function xAt(segment: Segment, offset: number, end: boolean): number {
  let base = 0
  for (const word of segment.words) {
    const { length } = word.text
    if (offset < base + length || (end && offset <= base + length)) {
      return word.x0 + ((word.x1 - word.x0) * Math.max(0, offset - base)) / length
    }
    base += length + 1
  }
  return segment.x1
}

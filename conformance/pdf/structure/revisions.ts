import type { Section } from './cross-reference.ts'
import { isCount, type Value } from './values.ts'

/** A state of the document: the file's bytes from 0 to `end` (ISO 32000-2 §7.5.6). */
export interface Revision {
  end: number
}

/** Oldest first, the whole file last. A linearized file's two cross-reference sections are one revision. */
export function readRevisions(
  text: string,
  sections: Section[],
  linearizedLength: number | undefined,
): Revision[] {
  const ends = new Set<number>()
  const original = linearizedLength !== undefined && linearizedLength <= text.length ? linearizedLength : 0
  if (original > 0) ends.add(original)
  let marker = 0
  for (const { end, offset } of sections.slice(1).toSorted((a, b) => a.end - b.end)) {
    if (offset < original) continue
    if (marker < end) marker = text.indexOf('%%EOF', end)
    if (marker < 0) break
    const lineEnd = /\r\n|\r|\n|/y
    lineEnd.lastIndex = marker + '%%EOF'.length
    lineEnd.exec(text)
    ends.add(lineEnd.lastIndex)
  }
  const newest = sections[0]
  const hasUpdate = newest !== undefined && newest.offset >= original
  const earlier = [...ends].filter((end) => hasUpdate && end < newest.offset).sort((a, b) => a - b)
  return [...earlier, text.length].map((end) => ({ end }))
}

/** /L of the linearization dictionary (annex F.3.3), which is the file's length when it was linearized. */
export function linearizedLength(first: Value | undefined): number | undefined {
  if (!(first instanceof Map) || !first.has('Linearized')) return undefined
  const length = first.get('L')
  return isCount(length) ? length : undefined
}

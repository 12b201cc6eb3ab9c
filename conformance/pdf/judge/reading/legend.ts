import type { Segment } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'

/** In "▲ = Sites, Usr. = Users; u = Used": a sign or a short word, and what it stands for. */
export type Abbreviation = [sign: string, meaning: string]

const explained = /(?<=^|[\s,;:(])([^\s,;:=()]{1,6})\s?=/gu
const longestMeaning = 40

/** The signs that a report explains and that say nothing by themselves. */
export function legendIn(segments: Segment[], labels: Labels): Abbreviation[] {
  const says = (text: string) => {
    const { types, figures } = labels.read(text)
    return types.length + figures.length > 0
  }
  return segments.flatMap(({ text }) => {
    if (!text.includes('=')) return []
    const signs = [...text.matchAll(explained)]
    return signs
      .map(({ 0: all, 1: sign, index }, at): Abbreviation => {
        // A comma ends the meaning only where another sign follows: `A1 = Sites, used, A2 = Sites, limit`.
        const rest = text.slice(index + all.length, signs[at + 1]?.index)
        return [
          sign!,
          rest
            .split(/[;=()]/, 1)[0]!
            .slice(0, longestMeaning)
            .replace(/,\s?$/, ''),
        ]
      })
      .filter(([sign, meaning]) => !says(sign) && says(meaning))
  })
}

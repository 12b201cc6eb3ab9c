import { type Segment, textOf } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'

/** In "▲ = Sites, Usr. = Users; u = Used": a sign or a short word, and what it stands for. */
export type Abbreviation = [sign: string, meaning: string]

const explained = /(?<=^|[\s,;:(])([^\s,;:=()]{1,6})\s*=\s*([^,;=()]{2,40})/gu

/** The signs that a report explains and that say nothing by themselves. */
export function legendIn(segments: Segment[], labels: Labels): Abbreviation[] {
  const says = (text: string) => {
    const { types, figures } = labels.read(text)
    return types.length + figures.length > 0
  }
  return segments.flatMap(({ words }) => {
    const text = textOf(words)
    if (!text.includes('=')) return []
    return [...text.matchAll(explained)]
      .map(([, sign, meaning]): Abbreviation => [sign!, meaning!])
      .filter(([sign, meaning]) => !says(sign) && says(meaning))
  })
}

import type { Line, Segment } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { archivedHead, everybodyHead, organizationHead } from '../vocabulary/vocabulary.ts'
import { fold } from './normalize.ts'

/**
 * Headings that say how many organizations are listed below, which is no figure of any: `Archived (3)`. What stands in
 * several places with different numbers is a label with its figure.
 */
export function countedHeadingsIn(lines: Line[], labels: Labels): Set<Segment> {
  const headings = lines.flatMap(({ segments: [segment, ...others] }) => {
    const text = segment && others.length === 0 ? fold(segment.text) : ''
    return segment && isCounted(text, labels) ? [{ segment, text }] : []
  })
  const alike = Map.groupBy(headings, ({ text }) => text.replace(/\p{N}+/gu, '#'))
  const isHeading = (same: typeof headings) => same.every(({ text }) => text === same[0]!.text)
  const counted = [...alike.values()].filter(isHeading).flatMap((same) => same.map(({ segment }) => segment))
  return new Set([...counted, ...lines.flatMap(({ segments }) => yearsAmongHeads(segments, labels))])
}

/** `2026` beside the heads of two product types is a head too. */
function yearsAmongHeads(segments: Segment[], labels: Labels): Segment[] {
  const texts = segments.map(({ text }) => text)
  const numbered = segments.filter((_, at) => /\p{N}/u.test(texts[at]!))
  const isYear = ({ text }: Segment) => /^(?:19|20)\d\d$/.test(text)
  if (numbered.length === 0 || !numbered.every(isYear)) return []
  const typed = texts.filter((text) => labels.read(text).types.length === 1)
  return typed.length >= 2 ? numbered : []
}

function isCounted(text: string, labels: Labels): boolean {
  if (text.length > 80 || !/\p{N}/u.test(text)) return false
  if (archivedHead.test(text) || everybodyHead.test(text)) return true
  if (!/^\P{N}+\(\p{N}+\)$/u.test(text) || !organizationHead.test(text)) return false
  const { types, figures } = labels.read(text)
  return types.length + figures.length === 0
}

import { type Line, type Segment, textOf } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { archivedHead, everybodyHead, organizationHead } from '../vocabulary/vocabulary.ts'
import { fold } from './normalize.ts'

/**
 * Headings that say how many organizations are listed below, which is no figure of any: `Archived (3)`. What stands in
 * several places with different numbers is a label with its figure.
 */
export function countedHeadingsIn(lines: Line[], labels: Labels): Set<Segment> {
  const headings = lines.flatMap(({ segments: [segment, ...others] }) => {
    const text = segment && others.length === 0 ? fold(textOf(segment.words)) : ''
    return segment && isCounted(text, labels) ? [{ segment, text }] : []
  })
  const alike = Map.groupBy(headings, ({ text }) => text.replace(/\p{N}+/gu, '#'))
  const isHeading = (same: typeof headings) => same.every(({ text }) => text === same[0]!.text)
  return new Set([...alike.values()].filter(isHeading).flatMap((same) => same.map(({ segment }) => segment)))
}

function isCounted(text: string, labels: Labels): boolean {
  if (text.length > 80 || !/\p{N}/u.test(text)) return false
  if (archivedHead.test(text) || everybodyHead.test(text)) return true
  if (!/^\P{N}+\(\p{N}+\)$/u.test(text) || !organizationHead.test(text)) return false
  const { types, figures } = labels.read(text)
  return types.length + figures.length === 0
}

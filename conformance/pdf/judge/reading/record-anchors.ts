import type { Segment } from '../../pages/page.ts'
import { relate } from './ancestors-beside.ts'
import { type AnchorCandidate, anchorCandidate, rank } from './anchor-candidates.ts'
import { chooseAnchors, zonesOf } from './anchor-choice.ts'
import type { ExpectedFigures } from './expectation.ts'
import { joinPaths } from './name-paths.ts'
import type { Mention } from './names.ts'
import { anchorOf, type RecordAnchor } from './record-anchor.ts'
import { markReferences } from './references.ts'
import type { Content } from './values.ts'

/** Tells mentions that a passage is about from those that merely relate it to another organization. */
export function findAnchors(
  mentions: Mention[],
  contents: Map<Segment, Content>,
  facts: ExpectedFigures,
): { anchors: RecordAnchor[]; others: Mention[] } {
  const anchorCandidates = mentions.map((mention) => anchorCandidate(mention, contents))
  joinPaths(anchorCandidates, contents, facts)
  rank(anchorCandidates)
  const kinds = byKind(anchorCandidates)
  markReferences(kinds, anchorCandidates, facts)
  const chosen = chooseAnchors(kinds, facts, zonesOf(anchorCandidates, contents))
  const names = chosen.filter(({ mention }) => mention.kind === 'name')
  const used = names.length > 0 ? names : chosen
  const anchors = used.map((each, order) => anchorOf(each, order))
  const isUsed = new Set(used)
  const others = anchorCandidates.filter((each) => !isUsed.has(each))
  relate(
    anchors,
    others.filter(({ mention }) => mention.kind === 'name'),
    facts,
  )
  return { anchors, others: others.map(({ mention }) => mention) }
}

/** Mentions that are written alike: after the same words, in the same place among the names of their lines. */
function byKind(anchorCandidates: AnchorCandidate[]): Map<string, AnchorCandidate[]> {
  return Map.groupBy(
    anchorCandidates.filter(({ refers }) => !refers),
    ({ mention, before, rank: place, follows }) =>
      `${mention.kind}|${before}|${Math.min(place, 6)}|${follows}`,
  )
}

import type { Segment, TextLayer } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { reference } from '../vocabulary/vocabulary.ts'
import type { AnchorCandidate } from './anchor-candidates.ts'
import type { Content } from './values.ts'

/** Names below "Parent", at the head of a column that is not the first, say where the organizations beside belong. */
export function markParents(
  anchorCandidates: AnchorCandidate[],
  contents: Map<Segment, Content>,
  labels: Labels,
): void {
  const names = anchorCandidates.filter(({ mention }) => mention.kind === 'name')
  let heads: Segment[] = []
  for (const [layer, own] of Map.groupBy(names, ({ first }) => first.segment.line.layer)) {
    const found = parentHeads(layer, contents, labels)
    if (found.length > 0) heads = found
    for (const each of own) if (heads.some((head) => isBelow(each, head))) each.refers = true
  }
}

function parentHeads({ lines }: TextLayer, contents: Map<Segment, Content>, labels: Labels): Segment[] {
  return lines.flatMap(({ segments }) =>
    segments.length < 3
      ? []
      : segments.filter((segment) => {
          const { text, mentions, values } = contents.get(segment)!
          const isWord = segment.words.length < 3 && mentions.length + values.length === 0
          return (
            segment.index > 0 &&
            isWord &&
            reference.test(text) &&
            labels.read(text).figures.every(({ what }) => what === 'other')
          )
        }),
  )
}

/** Aligned with the head, on its page or a later one. */
function isBelow({ first, box }: AnchorCandidate, head: Segment): boolean {
  const { line } = first.segment
  const em = head.line.size
  const isLater = line.layer !== head.line.layer || line.y > head.line.y
  const offset = (box.x0 + box.x1 - head.x0 - head.x1) / 2
  return isLater && (Math.abs(box.x0 - head.x0) < em || Math.abs(offset) < em)
}

import type { AnchorCandidate } from './anchor-candidates.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { RecordAnchor } from './record-anchor.ts'

/** An ancestor that is named on the anchor's line or right below tells it from others of its name. */
export function relate(anchors: RecordAnchor[], references: AnchorCandidate[], facts: ExpectedFigures): void {
  const byPage = Map.groupBy(references, ({ first }) => first.segment.line.layer.page)
  for (const anchor of anchors) {
    if (anchor.candidates.length < 2) continue
    for (const { mention, box, first } of byPage.get(anchor.layer.page) ?? []) {
      const drop = first.segment.line.y - anchor.box.y1
      const isNear = drop > -2 * anchor.line.size && drop < 1.6 * anchor.line.size && box.x0 >= anchor.x - 2
      if (!isNear || anchor.segments.includes(first.segment) || first.segment.line.layer !== anchor.layer)
        continue
      const isAncestor = (at: number) =>
        mention.candidates.some((above) => facts.ancestors[at]!.includes(above))
      const fitting = anchor.candidates.filter(isAncestor)
      const between = anchors.some(
        (other) =>
          other !== anchor &&
          other.layer === anchor.layer &&
          other.x > anchor.x &&
          other.x <= box.x0 &&
          (other.line === first.segment.line || other.line === anchor.line),
      )
      if (fitting.length > 0 && fitting.length < anchor.candidates.length && !between)
        anchor.parents.push(mention.candidates)
    }
  }
}

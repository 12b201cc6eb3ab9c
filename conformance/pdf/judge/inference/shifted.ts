import type { TextLayer } from '../../pages/page.ts'
import type { OwnedCell, Ownership } from '../reading/ownership.ts'
import type { RecordAnchor } from '../reading/record-anchors.ts'
import type { OwnershipHypothesis } from './ownership-hypothesis.ts'
import { weights } from './weights.ts'

/**
 * The hypotheses in which each organization's figures stand beside the next one, and those in which they stand beside
 * the one before, where no reader can take them for another layout: figures that follow a name may belong to the next
 * name only in reports that show names below their figures, unless both stand on one line.
 */
export function shiftsOf(hypothesis: OwnershipHypothesis, sample: TextLayer[]): OwnershipHypothesis[] {
  const order = hypothesis.anchors.filter(({ candidates }) => candidates.length > 0)
  const named = Map.groupBy(order, ({ candidates }) => candidates.join())
  const times = new Set([...named.values()].map((same) => same.length / same[0]!.candidates.length))
  // Names that stand here and there are those of parents.
  if (named.size < weights.fewestShifted || times.size > 1) return []
  const owned = hypothesis
    .divide(sample)
    .flatMap((ownership) => ownership.owned)
    .filter(({ value, owner, carried }) => value.kind === 'number' && owner && !carried)
  const besideName = owned.filter(({ value, owner }) => value.line === owner!.line)
  const isTable = besideName.length >= weights.onNameLine * owned.length
  return [shift(hypothesis, order, 1), ...(isTable ? [shift(hypothesis, order, -1)] : [])]
}

/** Figures beside the organization so many places after their own; those beyond the end stand beside the first. */
function shift(
  { name, anchors, divide }: OwnershipHypothesis,
  order: RecordAnchor[],
  by: 1 | -1,
): OwnershipHypothesis {
  const owners = new Map(order.map((anchor, at) => [anchor, order[(at - by + order.length) % order.length]!]))
  const shifted = (each: OwnedCell): OwnedCell =>
    each.owner ? { ...each, owner: owners.get(each.owner) ?? each.owner } : each
  return {
    name: `${name}/shifted ${by === 1 ? 'down' : 'up'}`,
    anchors,
    shift: by === 1 ? 'down' : 'up',
    divide: (layers) =>
      divide(layers).map((each): Ownership => ({ ...each, owned: each.owned.map(shifted) })),
  }
}

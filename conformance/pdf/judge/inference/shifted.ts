import type { TextLayer } from '../../pages/page.ts'
import type { OwnedCell, Ownership } from '../reading/ownership.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import { weights } from '../weights.ts'
import type { OwnershipHypothesis } from './ownership-hypothesis.ts'

/**
 * The hypotheses in which each organization's figures stand beside the next one, or beside the one before, or in the
 * order of the data beside names in another order, where no reader can take them for another layout: figures that
 * follow a name may belong to the next name only in reports that show names below their figures, unless both stand on
 * one line.
 */
export function shiftsOf(hypothesis: OwnershipHypothesis, sample: TextLayer[]): OwnershipHypothesis[] {
  const owned = hypothesis.divide(sample).flatMap((ownership) => ownership.owned)
  const order = rowsOf(hypothesis.anchors, owned)
  const named = Map.groupBy(order, ({ candidates }) => candidates.join())
  const times = new Set([...named.values()].map((same) => same.length / same[0]!.candidates.length))
  // Names that stand here and there are those of parents.
  if (named.size < weights.fewestShifted || times.size > 1) return []
  const figures = owned.filter((each) => isOwn(each) && each.value.kind === 'number')
  const besideName = figures.filter(({ value, owner }) => value.line === owner!.line)
  const isTable = besideName.length >= weights.onNameLine * figures.length
  const listed = inOrderOfList(order)
  const isUnsorted =
    order.filter((anchor, at) => anchor !== listed[at]).length >= weights.unsorted * order.length
  return [
    move(hypothesis, turned(1), 'down'),
    ...(isTable ? [move(hypothesis, turned(-1), 'up')] : []),
    ...(isTable && isUnsorted ? [move(hypothesis, inOrderOfList, 'unsorted')] : []),
  ]
}

const isOwn = ({ owner, carried }: OwnedCell) => owner !== null && !carried

/**
 * The anchors of organizations, in the order of the document, without names that head a section: those without figures of
 * an organization that has a row as well.
 */
function rowsOf(anchors: RecordAnchor[], owned: OwnedCell[]): RecordAnchor[] {
  const speaking = new Set(owned.filter(isOwn).map(({ owner }) => owner))
  const told = new Set(
    anchors.filter((anchor) => speaking.has(anchor)).flatMap((anchor) => anchor.candidates),
  )
  return anchors.filter(
    (anchor) =>
      anchor.candidates.length > 0 &&
      (speaking.has(anchor) || anchor.candidates.some((candidate) => !told.has(candidate))),
  )
}

const turned = (by: 1 | -1) => (order: RecordAnchor[]) =>
  order.map((_, at) => order.at((at - by) % order.length)!)

/** The anchors in the order of the organizations in the data; those that share a name in the order of the document. */
function inOrderOfList(order: RecordAnchor[]): RecordAnchor[] {
  const met = new Map<string, number>()
  const places = new Map(
    order.map((anchor) => {
      const { candidates } = anchor
      const times = met.get(candidates.join()) ?? 0
      met.set(candidates.join(), times + 1)
      return [anchor, candidates[times % candidates.length]!]
    }),
  )
  return order.toSorted((a, b) => places.get(a)! - places.get(b)!)
}

/** The figures beside each row belong to the one that `reorder` puts in its place. */
function move(
  { name, anchors, divide }: OwnershipHypothesis,
  reorder: (order: RecordAnchor[]) => RecordAnchor[],
  how: NonNullable<OwnershipHypothesis['shift']>,
): OwnershipHypothesis {
  return {
    name: `${name}/shifted ${how}`,
    anchors,
    shift: how,
    divide: (layers) => {
      const ownerships = divide(layers)
      const order = rowsOf(
        anchors,
        ownerships.flatMap(({ owned }) => owned),
      )
      const moved = reorder(order)
      const owners = new Map(order.map((anchor, at) => [anchor, moved[at]!]))
      const shifted = (each: OwnedCell): OwnedCell =>
        each.owner ? { ...each, owner: owners.get(each.owner) ?? each.owner } : each
      return ownerships.map((each): Ownership => ({ ...each, owned: each.owned.map(shifted) }))
    },
  }
}

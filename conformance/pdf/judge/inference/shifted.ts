import type { TextLayer } from '../../pages/page.ts'
import type { Owned, Territory } from '../reading/ownership.ts'
import type { Subject } from '../reading/subjects.ts'
import type { Ownership } from './ownership.ts'
import { weights } from './weights.ts'

/**
 * The ownerships in which each organization's figures stand beside the next one, and those in which they stand beside
 * the one before, where no reader can take them for another layout: figures that follow a name may belong to the next
 * name only in reports that show names below their figures, unless both stand on one line.
 */
export function shiftsOf(ownership: Ownership, sample: TextLayer[]): Ownership[] {
  const order = ownership.subjects.filter(({ candidates }) => candidates.length > 0)
  const named = Map.groupBy(order, ({ candidates }) => candidates.join())
  const times = new Set([...named.values()].map((same) => same.length / same[0]!.candidates.length))
  // Names that stand here and there are those of parents.
  if (named.size < weights.fewestShifted || times.size > 1) return []
  const owned = ownership
    .divide(sample)
    .flatMap((territory) => territory.owned)
    .filter(({ value, owner, carried }) => value.kind === 'number' && owner && !carried)
  const besideName = owned.filter(({ value, owner }) => value.line === owner!.line)
  const isTable = besideName.length >= weights.onNameLine * owned.length
  return [shift(ownership, order, 1), ...(isTable ? [shift(ownership, order, -1)] : [])]
}

/** Figures beside the organization so many places after their own; those beyond the end stand beside the first. */
function shift({ name, subjects, divide }: Ownership, order: Subject[], by: 1 | -1): Ownership {
  const owners = new Map(
    order.map((subject, at) => [subject, order[(at - by + order.length) % order.length]!]),
  )
  const shifted = (each: Owned): Owned =>
    each.owner ? { ...each, owner: owners.get(each.owner) ?? each.owner } : each
  return {
    name: `${name}/shifted ${by === 1 ? 'down' : 'up'}`,
    subjects,
    shift: by === 1 ? 'down' : 'up',
    divide: (planes) =>
      divide(planes).map((each): Territory => ({ ...each, owned: each.owned.map(shifted) })),
  }
}

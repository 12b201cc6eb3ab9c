import type { CellAddress } from './cell-address.ts'
import { type ExpectedFigures, type Figure, figureKey, type Role } from './expectation.ts'
import { isCell, likelihoodOf } from './likelihood.ts'
import type { OwnedCell } from './ownership.ts'

/** What the values of one cell address are figures of. */
export interface Assigned extends Figure {
  /** Matches among the numbers compared. */
  rate: number
}

export interface Placed extends OwnedCell {
  cellAddress: CellAddress
}

interface Candidate extends Assigned {
  score: number
  weight: number
}

/**
 * Decides for each cell address of which type and which figure it is: what its labels say, and, where they leave it open,
 * what explains most of its values. A few wrong values do not change that; a cell address that nothing explains has no role.
 */
export function assignRoles(placed: Placed[], facts: ExpectedFigures): Map<string, Assigned> {
  const cellAddresses = Map.groupBy(placed, ({ cellAddress }) => cellAddress.id)
  const shared = sharedTypes([...cellAddresses.values()], facts)
  const roles = new Map<string, Assigned>()
  for (const whole of Map.groupBy(placed, ({ cellAddress }) => cellAddress.whole).values()) {
    const sections = Map.groupBy(whole, ({ cellAddress }) => cellAddress.id)
    const common = sections.size > 1 ? decide(whole, facts, whole[0]!.cellAddress.types) : null
    for (const [id, list] of sections) {
      const { cellAddress } = list[0]!
      const type = cellAddress.group && shared.get(cellAddress.group)
      const role =
        common && common.rate > 0.8 ? common : decide(list, facts, type ? [type] : cellAddress.types)
      if (role) roles.set(id, role)
    }
  }
  const kept = dropContradicted(roles, cellAddresses)
  for (const [id, role] of leftOver(kept, cellAddresses, facts)) kept.set(id, role)
  return kept
}

/**
 * What is left for cell addresses whose figures are hardly ever those of the data: the one figure of their type that no
 * other address shows. A report may show wrong figures in a whole column.
 */
function leftOver(
  roles: ReadonlyMap<string, Assigned>,
  cellAddresses: ReadonlyMap<string, Placed[]>,
  facts: ExpectedFigures,
): Map<string, Assigned> {
  const taken = new Set([...roles.values()].map(figureKey))
  let most = 0
  for (const { length } of cellAddresses.values()) most = Math.max(most, length)
  const typesBeside = new Map<string, Set<string>>()
  for (const [id, { type }] of roles) {
    const { place } = cellAddresses.get(id)![0]!.cellAddress
    typesBeside.set(place, (typesBeside.get(place) ?? new Set()).add(type))
  }
  const found = [...cellAddresses].flatMap(([id, list]) => {
    const { types, place, figure } = list[0]!.cellAddress
    const isCommon = list.length >= Math.max(3, 0.5 * most)
    if (roles.has(id) || figure === 'other' || !isCommon) return []
    const ownTypes = types.length === 1 ? types : [...(typesBeside.get(place) ?? [])]
    const [best, other] = ownTypes
      .flatMap((type) =>
        rolesOf(list[0]!.cellAddress).map((role) => rate(list, type, role, facts, 0, figure)),
      )
      .filter((each) => !taken.has(figureKey(each)))
      .sort((a, b) => b.score - a.score)
    return best && (!other || figureKey(other) === figureKey(best)) ? [{ id, best }] : []
  })
  const claims = Map.groupBy(found, ({ best }) => figureKey(best))
  return new Map(
    found.flatMap(({ id, best }) => (claims.get(figureKey(best))!.length === 1 ? [[id, best]] : [])),
  )
}

/** The type of all columns under one spanning head: the one that explains most of them together. */
function sharedTypes(cellAddresses: Placed[][], facts: ExpectedFigures): Map<string, string> {
  const scores = new Map<string, Map<string, number>>()
  for (const list of cellAddresses) {
    const { cellAddress } = list[0]!
    if (!cellAddress.group || cellAddress.figure === 'other') continue
    const sums = scores.get(cellAddress.group) ?? new Map<string, number>()
    scores.set(cellAddress.group, sums)
    for (const [at, type] of cellAddress.types.entries()) {
      const best = Math.max(
        ...rolesOf(cellAddress).map((role) => rate(list, type, role, facts, -at, cellAddress.figure).score),
      )
      sums.set(type, (sums.get(type) ?? 0) + best)
    }
  }
  return new Map(
    [...scores].map(([group, sums]) => [group, [...sums].reduce((a, b) => (b[1] > a[1] ? b : a))[0]]),
  )
}

function rolesOf({ figure }: CellAddress): Role[] {
  if (figure === 'limit') return ['limit']
  if (figure === null) return ['subtree', 'direct', 'limit']
  return figure === 'direct' ? ['direct', 'subtree'] : ['subtree', 'direct']
}

function decide(list: Placed[], facts: ExpectedFigures, labelled: string[]): Assigned | null {
  const { cellAddress } = list[0]!
  if (cellAddress.figure === 'other') return null
  const types = labelled.length > 0 ? labelled : facts.types
  const figures = rolesOf(cellAddress)
  const candidates = types.flatMap((type, at) =>
    figures.map((role) => rate(list, type, role, facts, labelled.length > 1 ? -at : 0, cellAddress.figure)),
  )
  candidates.sort((a, b) => b.score - a.score)
  const best = candidates[0]
  if (!best) return null
  const sure = labelled.length === 1 && cellAddress.figure !== null
  if (sure) return best
  const second = candidates.find(({ type, role }) => type !== best.type || isOther(role, best.role))
  const known = Number(labelled.length > 0) + Number(cellAddress.figure !== null)
  const needed = known > 0 ? 1 : 5
  const clear = !second || best.score - second.score > 0.5
  return best.score > needed && best.rate >= 0.5 && (clear || known > 0) ? best : null
}

function isOther(a: Role, b: Role): boolean {
  return (a === 'limit') !== (b === 'limit')
}

function rate(
  list: Placed[],
  type: string,
  role: Role,
  facts: ExpectedFigures,
  prior: number,
  said: CellAddress['figure'],
): Candidate {
  let score = prior
  let matches = 0
  let weight = 0
  for (const each of list.filter(isCell)) {
    const likelihood = likelihoodOf(each, type, role, facts)
    score += likelihood
    if (each.value.kind !== 'number') continue
    weight += 1
    if (likelihood > 0) matches += 1
  }
  // A label that says so outweighs a handful of chance matches, not a whole column.
  if ((said === 'direct' && role === 'direct') || (said === 'subtree' && role === 'subtree')) score += 4
  return { type, role, score, weight, rate: weight > 0 ? matches / weight : 1 }
}

/** Where two cell addresses claim the same figure, the one with the lower match rate is dropped. */
function dropContradicted(
  roles: Map<string, Assigned>,
  cellAddresses: Map<string, Placed[]>,
): Map<string, Assigned> {
  const best = new Map<string, number>()
  const claim = ({ type, role }: Assigned) => `${type}|${role}`
  for (const [id, role] of roles)
    if (cellAddresses.get(id)!.length > 1 || roles.size < 12)
      best.set(claim(role), Math.max(best.get(claim(role)) ?? 0, role.rate))
  for (const [id, role] of roles) {
    const count = cellAddresses.get(id)!.length
    if (role.rate < 0.5 && (best.get(claim(role)) ?? 0) >= 0.8 && count > 1) roles.delete(id)
  }
  return roles
}

import { coverage } from '../inference/coverage.ts'
import { type ExpectedFigures, type Figure, figureKey } from '../reading/expectation.ts'
import type { Placed } from '../reading/ownership.ts'
import { organizationsOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import { weights } from '../weights.ts'
import { paths } from './compare.ts'
import { exchangedRecords } from './exchanged-records.ts'
import type { Finding } from './finding.ts'
import { mayBeWords } from './zero-words.ts'

/**
 * What a reading leaves open: places that agree with the data too seldom to tell a defect from a
 * wrong meaning, and documents of which it explains too little.
 */
export function findUncertain(findings: Finding[], understood: Understood, context: ExpectedFigures) {
  const exchanged = exchangedRecords(understood.passages, context)
  const { isSolid, isOpen } = fieldsOf(understood, context, exchanged)
  const index = new Map(context.organizations.map(({ id }, at) => [id, at]))
  const organizationOf = organizationsOf(understood.passages)
  const numbers = understood.placed.filter(
    ({ value, cellAddress }) => value.kind === 'number' && cellAddress.figure !== 'other',
  )
  /** The numbers beside each organization's name; null: those of nobody. */
  const own = Map.groupBy(numbers, ({ owner }) => organizationOf(owner) ?? null)
  // What stands in the record without a meaning may be what is missed.
  const mayBeThere = ({ organization, expected }: Finding) =>
    (own.get(index.get(organization!)!) ?? []).some(
      ({ value, cellAddress }) => !understood.roles.has(cellAddress.id) && String(value.value) === expected,
    )
  const isSaid = (finding: Finding) => isWorded(finding, own, index, understood)
  const isWellRead = (finding: Finding) => isSolid(finding.field!) || isSaid(finding)
  const worded = mayBeWords(findings, understood, context)
  const named = new Set(understood.passages.map(({ organization }) => organization))
  const { needed, shown, unexplained, elsewhere } = coverage(
    understood,
    context,
    (at) => named.has(at) && !exchanged.has(at),
  )
  const mayBeElsewhere = ({ expected, found }: Finding) =>
    elsewhere.has(Number(expected === 'none' ? found : expected))
  // A large number that is missed and stands where nobody's figures are read was overlooked.
  const blamed = new Set(findings.flatMap(({ found }) => found ?? []))
  const isStated = ({ found, expected = '' }: Finding) =>
    found !== undefined || blamed.has(expected) || !(Number(expected) >= weights.unmistakable)
  // A large number that stands for another figure of the same organization may have been read in the wrong place.
  const byOrganization = Map.groupBy(findings, ({ organization }) => organization)
  const moved = new Set(
    findings.flatMap((one) => {
      if (!(Number(one.found) >= weights.unmistakable) || isSaid(one)) return []
      const missed = byOrganization.get(one.organization)!.filter(({ expected }) => expected === one.found)
      return missed.length > 0 ? [one, ...missed] : []
    }),
  )
  const uncertain = new Set(
    findings.filter(
      (finding) =>
        finding.field !== undefined &&
        ((!(isWellRead(finding) && isStated(finding)) && mayBeElsewhere(finding)) ||
          (isOpen(finding.field!) && !isSaid(finding)) ||
          mayBeThere(finding) ||
          moved.has(finding) ||
          worded.has(finding)),
    ),
  )
  const open = (sure: Finding[]) => {
    // Where hardly any figure is one of the data, nothing tells what any of them means.
    const misread = shown < (1 - weights.explained) * needed ? unexplained : sumOf(elsewhere)
    if (Math.min(misread, needed - shown) > (1 - weights.explained) * needed)
      return `Only ${shown} of the ${needed} figures of the organizations in the report could be found in it`
    const victims = victimsIn(sure, mayBeElsewhere)
    if (victims > Math.max(weights.fewVictims, weights.victimShare * named.size))
      return `The figures of ${victims} organizations differ from the data: likelier they are misread than all wrong`
    if (uncertain.size > sure.length)
      return `${uncertain.size} figures differ from the data where most others do too: what they are figures of cannot be told`
    return null
  }
  return { uncertain, open }
}

const sumOf = (counts: ReadonlyMap<number, number>) =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/**
 * How many organizations may have been misread: those whose figures stand somewhere else, where nobody's are read. What
 * stands nowhere is no figure that was misread, and one that hardly stands there by chance tells for all of its record.
 */
function victimsIn(sure: Finding[], mayBeElsewhere: (finding: Finding) => boolean): number {
  const victims = Map.groupBy(
    sure.filter(({ field }) => field),
    ({ organization }) => organization,
  )
  return [...victims.values()].filter((own) => {
    const telling = own.filter(({ expected }) => Number(expected) >= weights.telling)
    return (telling.length > 0 ? telling : own).some(mayBeElsewhere)
  }).length
}

/**
 * How surely the places in the records that mean a figure show it. Solid: most of the numbers of one agree with the data,
 * or all but one; those of organizations that have exchanged theirs say nothing of it. Open: all numbers of one are
 * those of another figure, which no place means, as well.
 */
function fieldsOf(
  { passages, roles }: Understood,
  context: ExpectedFigures,
  exchanged: ReadonlySet<number>,
): Record<'isSolid' | 'isOpen', (field: string) => boolean> {
  const claimed = new Set([...roles.values()].map(figureKey))
  const free = context.types
    .flatMap((type) => (['direct', 'subtree', 'limit'] as const).map((role): Figure => ({ type, role })))
    .filter((figure) => !claimed.has(figureKey(figure)))
  const counts = new Map<string, { fits: number; all: number; others: Figure[] }>()
  for (const { organization, values } of passages)
    for (const { value, assigned, cellAddress } of values) {
      if (organization === null || exchanged.has(organization) || value.kind !== 'number') continue
      const count = counts.get(cellAddress.id) ?? { fits: 0, all: 0, others: free }
      counts.set(cellAddress.id, count)
      count.all += 1
      if (context.agrees(value, organization, assigned)) count.fits += 1
      count.others = count.others.filter((figure) => context.agrees(value, organization, figure))
    }
  const places = new Map<string, string[]>()
  for (const [id, { type, role }] of roles) {
    const field = `${paths[role]}.${type}`
    places.set(field, [...(places.get(field) ?? []), id])
  }
  const isSolid = (id: string) => {
    const { fits, all } = counts.get(id) ?? { fits: 0, all: 0 }
    return fits >= weights.solid * all || (fits >= weights.fewestFits && fits >= all - 1)
  }
  return {
    isSolid: (field) => (places.get(field) ?? []).length === 0 || places.get(field)!.some(isSolid),
    isOpen: (field) => (places.get(field) ?? []).some((id) => (counts.get(id)?.others ?? []).length > 0),
  }
}

/** Whether words around the figure that is blamed say that it is this one: type and role both. */
function isWorded(
  { organization, field, found }: Finding,
  own: ReadonlyMap<number | null, Placed[]>,
  index: ReadonlyMap<string, number>,
  { roles: assigned }: Understood,
): boolean {
  return (own.get(index.get(organization!)!) ?? []).some(({ value, cellAddress }) => {
    const meaning = assigned.get(cellAddress.id)
    if (!meaning || String(value.value) !== found || `${paths[meaning.role]}.${meaning.type}` !== field)
      return false
    const isFigure =
      meaning.role === 'limit'
        ? cellAddress.figure === 'limit'
        : /usage|direct|subtree/.test(cellAddress.figure ?? '')
    return isFigure && cellAddress.types[0] === meaning.type
  })
}

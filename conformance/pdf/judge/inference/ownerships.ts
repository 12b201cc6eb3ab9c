import type { TextLayer } from '../../pages/page.ts'
import { anchorSets } from '../layout/anchors.ts'
import { continueRows } from '../reading/continued.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { divideOne } from '../reading/owners.ts'
import type { Layout, Territory } from '../reading/ownership.ts'
import type { Understood } from '../reading/read.ts'
import type { Subject } from '../reading/subjects.ts'
import { explains, layouts } from '../reading/territory.ts'
import type { Ownership } from './ownership.ts'
import { shiftsOf } from './shifted.ts'
import { bounds } from './weights.ts'

/** The ways to say whose the quantities are that explain most of the sampled pages; that by labels is one of them. */
export function ownerships(labelled: Understood, sample: TextLayer[], context: ExpectedFigures): Ownership[] {
  const byPlane = new Map(labelled.territories.map((territory) => [territory.plane, territory]))
  const usual: Ownership = {
    name: 'labelled',
    subjects: labelled.subjects,
    shift: undefined,
    divide: (planes) => planes.flatMap((plane) => byPlane.get(plane) ?? []),
  }
  const candidates = [...anchorSets(labelled, context)].flatMap(([set, subjects]) =>
    layouts.map((layout): Ownership => {
      const name = `${set}/${layout.mode}/${layout.align}/${layout.columns}`
      const divide = (planes: TextLayer[]) => divideAll(planes, subjects, layout, labelled)
      return { name, subjects, shift: undefined, divide }
    }),
  )
  const shifted = candidates
    .filter(({ name }) => shiftable.has(name))
    .flatMap((each) => shiftsOf(each, sample))
  return [
    usual,
    ...best(candidates, bounds.ownerships - 1, sample, context),
    ...best(shifted, 1, sample, context),
  ]
}

/** Tables with a name a line, and lists of names with lines below each: the layouts in which rows can be shifted. */
const shiftable = new Set(['labelled/row/top/1', 'labelled/block/top/1', 'all/row/top/1', 'all/block/top/1'])

function best(
  candidates: Ownership[],
  most: number,
  sample: TextLayer[],
  context: ExpectedFigures,
): Ownership[] {
  return candidates
    .map((ownership) => {
      const territories = ownership.divide(sample)
      return { ownership, score: territories.reduce((sum, each) => sum + explains(each, context), 0) }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ ownership }) => ownership)
}

function divideAll(
  planes: TextLayer[],
  subjects: Subject[],
  layout: Layout,
  labelled: Understood,
): Territory[] {
  const byPlane = Map.groupBy(subjects, ({ plane }) => plane)
  const known = Map.groupBy(labelled.known, ({ plane }) => plane)
  let before: Subject[] = []
  const territories = planes.map((plane) => {
    const own = byPlane.get(plane) ?? []
    const region = { plane, lines: plane.lines }
    const { contents, isLabel, isRepeated } = labelled
    const territory = divideOne(
      region,
      own,
      known.get(plane) ?? [],
      contents,
      layout,
      before,
      isLabel,
      isRepeated,
    )
    if (own.length > 0) before = own
    return territory
  })
  continueRows(territories, subjects)
  return territories
}

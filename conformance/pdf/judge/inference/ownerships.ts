import type { TextLayer } from '../../pages/page.ts'
import { anchorSets } from '../layout/anchors.ts'
import { continueRows } from '../reading/continued.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { divideOne } from '../reading/owners.ts'
import type { Layout, Territory } from '../reading/ownership.ts'
import type { Understood } from '../reading/read.ts'
import type { Subject } from '../reading/subjects.ts'
import { explains, layouts } from '../reading/territory.ts'

/** Which anchors own which quantities. */
export interface Ownership {
  name: string
  subjects: Subject[]
  /** Gives the quantities of some pages their owners. */
  divide(planes: TextLayer[]): Territory[]
}

/** So many are followed to the end. */
const kept = 6

/** The ways to say whose the quantities are that explain most of the sampled pages; that by labels is one of them. */
export function ownerships(labelled: Understood, sample: TextLayer[], context: ExpectedFigures): Ownership[] {
  const byPlane = new Map(labelled.territories.map((territory) => [territory.plane, territory]))
  const usual: Ownership = {
    name: 'labelled',
    subjects: labelled.subjects,
    divide: (planes) => planes.flatMap((plane) => byPlane.get(plane) ?? []),
  }
  const candidates = [...anchorSets(labelled, context)].flatMap(([set, subjects]) =>
    layouts.map((layout) => {
      const divide = (planes: TextLayer[]) => divideAll(planes, subjects, layout, labelled)
      const score = divide(sample).reduce((sum, territory) => sum + explains(territory, context), 0)
      const name = `${set}/${layout.mode}/${layout.align}/${layout.columns}`
      return { ownership: { name, subjects, divide }, score }
    }),
  )
  const best = candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, kept - 1)
  return [usual, ...best.map(({ ownership }) => ownership)]
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

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
  territories: Territory[]
}

/** So many are followed to the end. */
const kept = 6

/** The ways to say whose the quantities are that explain most of the sampled pages; today's is one of them. */
export function ownerships(today: Understood, sample: Set<TextLayer>, context: ExpectedFigures): Ownership[] {
  const planes = [...new Set(today.lines.map(({ plane }) => plane))]
  const sampled = planes.filter((plane) => sample.has(plane))
  const candidates = [...anchorSets(today, context)].flatMap(([name, subjects]) =>
    layouts.map((layout) => {
      const territories = divideAll(sampled, subjects, layout, today)
      const score = territories.reduce((sum, territory) => sum + explains(territory, context), 0)
      const { mode, align, columns } = layout
      return { name: `${name}/${mode}/${align}/${columns}`, subjects, layout, territories, score }
    }),
  )
  const best = candidates
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, kept - 1)
    .map(({ name, subjects, layout, territories }) => ({
      ...{ name, subjects },
      territories: sampled.length < planes.length ? divideAll(planes, subjects, layout, today) : territories,
    }))
  return [{ name: 'today', subjects: today.subjects, territories: today.territories }, ...best]
}

function divideAll(planes: TextLayer[], subjects: Subject[], layout: Layout, today: Understood): Territory[] {
  const byPlane = Map.groupBy(subjects, ({ plane }) => plane)
  const known = Map.groupBy(today.known, ({ plane }) => plane)
  let before: Subject[] = []
  const territories = planes.map((plane) => {
    const own = byPlane.get(plane) ?? []
    const region = { plane, lines: plane.lines }
    const { contents, isLabel, isRepeated } = today
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

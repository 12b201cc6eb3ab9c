import { counted } from '../../../../spec/counted.ts'
import { coverage } from '../inference/coverage.ts'
import type { Interpretations } from '../inference/search.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import type { Value } from '../reading/values.ts'
import { paths } from './compare.ts'
import {
  type CompetingReadings,
  type DisputedQuantity,
  phrasesOf,
  placeOf,
  placeOfValue,
  type ReadAs,
} from './finding.ts'
import type { Decision } from './judge-reading.ts'

/**
 * Says of a report that could not be decided what its best reading and the one that explains most of the rest disagree
 * on. The decision as it is where none explains any of it: then readings are not what was undecided.
 */
export function withCompetingReadings(
  decision: Decision,
  found: Interpretations,
  context: ExpectedFigures,
): Decision {
  const competing = competingReadings(found, context)
  if (!competing) return decision
  const [first, ...others] = decision.findings
  return {
    ...decision,
    findings: [{ ...first!, message: `${first!.message}. ${describe(competing)}` }, ...others],
    competing,
  }
}

function competingReadings(
  { comparable, runnersUp }: Interpretations,
  context: ExpectedFigures,
): CompetingReadings | undefined {
  const [best, ...others] = comparable
  const one = readingOf(best!.document(), context)
  let most: (CompetingReadings & { gain: number }) | undefined
  for (const { document } of [...others, ...runnersUp()]) {
    const other = readingOf(document(), context)
    const disputed = disputedBy(one.quantities, other.quantities)
    const gain = disputed.filter(({ readings: [here, there] }) => there?.agrees && !here?.agrees).length
    if (gain > (most?.gain ?? 0))
      most = { needed: one.needed, found: [one.found, other.found], disputed, gain }
  }
  return most && { needed: most.needed, found: most.found, disputed: most.disputed }
}

function describe({ needed, found: [one, other], disputed }: CompetingReadings): string {
  const { page, text, readings } = disputed[0]!
  const [first, second] = phrasesOf(readings).map((phrase, at) => {
    const name = readings[at]?.name
    return name === undefined ? phrase : `${phrase} of ${name}`
  })
  return (
    `One reading finds ${one} of ${needed} figures, another ${other}: they differ in ` +
    `${counted(disputed.length, 'quantity', 'quantities')}, such as “${text}” on page ${page}: ${first}, or ${second}`
  )
}

/** What one reading takes each quantity for, by its place. */
interface Reading {
  found: number
  needed: number
  quantities: Map<string, { value: Value; readAs: ReadAs }>
}

function readingOf(document: Understood, context: ExpectedFigures): Reading {
  const { shown: found, needed } = coverage(document, context)
  const quantities: Reading['quantities'] = new Map()
  for (const { anchor, organization: at, values } of document.passages) {
    if (at === null) continue
    const { id, name } = context.organizations[at]!
    for (const { value, assigned } of values) {
      const { type, role } = assigned
      const expected = context.expected(at, type, role)
      quantities.set(keyOf(value), {
        value,
        readAs: {
          organization: id,
          name,
          field: `${paths[role]}.${type}`,
          expected: expected === null ? 'none' : String(expected),
          agrees: context.agrees(value, at, assigned),
          named: placeOf(anchor),
        },
      })
    }
  }
  return { found, needed, quantities }
}

/** In the order of the document. */
function disputedBy(one: Reading['quantities'], other: Reading['quantities']): DisputedQuantity[] {
  const all = new Map([...one, ...other])
  return [...all]
    .flatMap(([key, { value }]): DisputedQuantity[] => {
      const readings: DisputedQuantity['readings'] = [
        one.get(key)?.readAs ?? null,
        other.get(key)?.readAs ?? null,
      ]
      if (areAlike(...readings)) return []
      return [{ ...placeOfValue(value), text: value.text, readings }]
    })
    .sort((a, b) => a.page - b.page || a.box.y0 - b.box.y0 || a.box.x0 - b.box.x0)
}

const keyOf = (value: Value) => JSON.stringify(placeOfValue(value))

/** Where an organization has the same usage with and without all below, both are the same figure. */
function areAlike(one: ReadAs | null, other: ReadAs | null): boolean {
  const figure = ({ field }: ReadAs) => field.replace('subtree_', '')
  return (
    one?.organization === other?.organization &&
    one?.expected === other?.expected &&
    (one && figure(one)) === (other && figure(other))
  )
}

import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Passage } from '../reading/passages.ts'
import { weights } from '../weights.ts'

/** Organizations, by index, that show each other's figures and not their own: a defect, and no reason to doubt the reading. */
export function exchangedRecords(passages: Passage[], context: ExpectedFigures): Set<number> {
  const records = Map.groupBy(passages, ({ organization }) => organization)
  const odd = [...records].flatMap(([at, own]) => {
    const values = own.flatMap((passage) => passage.values)
    return at === null || fits(values, at, context) ? [] : [{ at, values }]
  })
  const exchanged = new Set<number>()
  if (odd.length > weights.fewVictims) return exchanged
  for (const one of odd)
    for (const other of odd)
      if (one !== other && fits(one.values, other.at, context) && fits(other.values, one.at, context))
        exchanged.add(one.at)
  return exchanged
}

/** Whether most numbers of a record are those of an organization. */
function fits(values: Passage['values'], at: number, context: ExpectedFigures): boolean {
  const numbers = values.filter(({ value }) => value.kind === 'number')
  const found = numbers.filter(({ value, assigned }) => context.agrees(value, at, assigned))
  return found.length > weights.solid * numbers.length
}

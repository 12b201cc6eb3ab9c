import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Passage } from '../reading/passages.ts'
import { paths } from './compare.ts'
import { type Finding, placeOfValue } from './finding.ts'

/** Fewer organizations that show both figures are no proof of what the words for them mean. */
const enough = 3

/**
 * Usage figures that stand under the name of the other one, in a report that names both: the direct one as that with all
 * below, or the other way round. A report that shows only one of them may call it what it likes.
 */
export function findSwappedUsage(passages: Passage[], facts: ExpectedFigures): Finding[] {
  return facts.types.flatMap((type) => {
    const shown = passages.flatMap(({ organization: at, values }) => {
      if (at === null) return []
      const [direct] = values.filter(
        ({ cellAddress, assigned }) => cellAddress.figure === 'direct' && assigned.type === type,
      )
      const [subtree] = values.filter(
        ({ cellAddress, assigned }) => cellAddress.figure === 'subtree' && assigned.type === type,
      )
      return direct && subtree ? [{ at, direct, subtree }] : []
    })
    if (shown.length < enough) return []
    return shown.flatMap(({ at, ...figures }) => {
      const own = facts.expected(at, type, 'direct')
      const all = facts.expected(at, type, 'subtree')
      return (['direct', 'subtree'] as const).flatMap((role): Finding[] => {
        const { value } = figures[role]
        const [expected, other] = role === 'direct' ? [own, all] : [all, own]
        if (value.kind !== 'number' || value.value === expected || value.value !== other) return []
        const { id, name } = facts.organizations[at]!
        const place = placeOfValue(value)
        const what = role === 'direct' ? `${type} usage of its own` : `${type} usage with all below`
        return [
          {
            kind: 'wrong-usage',
            organization: id,
            name,
            field: `${paths[role]}.${type}`,
            expected: String(expected),
            found: value.text,
            message: `${name}: ${what} is ${expected} in the data, the report shows ${value.text} as that (page ${place.page})`,
            ...place,
          },
        ]
      })
    })
  })
}

import type { Facts } from './expectation.ts'
import type { Finding } from './finding.ts'
import type { Understood } from './read.ts'
import type { Subject } from './subjects.ts'
import { onPage } from './text.ts'

/** Names that came out as question marks or boxes, with the organization whose figures stand beside them. */
export function nameGarbled(
  garbled: Subject[],
  missing: number[],
  { placed, roles }: Understood,
  facts: Facts,
): { findings: Finding[]; explained: Set<number> } {
  const explained = new Set<number>()
  const findings = garbled.map((subject): Finding => {
    const values = placed.filter(({ owner, slot }) => owner === subject && roles.has(slot.id))
    const scored = missing
      .filter((at) => !explained.has(at))
      .map((at) => {
        const score = values.reduce((sum, { slot, value }) => {
          const { type, role } = roles.get(slot.id)!
          if (value.kind !== 'number') return sum
          return (
            sum +
            (facts.expected(at, type, role) === value.value ? facts.surprise(value.value as number) : -2)
          )
        }, 0)
        return { at, score }
      })
      .sort((a, b) => b.score - a.score)
    const [best, second] = scored
    const sure = best && (scored.length === 1 || (best.score > 0 && best.score > (second?.score ?? 0) + 0.5))
    const { page } = subject.plane
    const place = { found: subject.text, page, box: onPage(subject.plane, subject.box) }
    if (!sure)
      return {
        kind: 'unreadable-text',
        ...place,
        message: `The report shows "${subject.text}" where an organization's name should stand (page ${page})`,
      }
    explained.add(best.at)
    const { id, name } = facts.organizations[best.at]!
    return {
      kind: 'unreadable-text',
      organization: id,
      name,
      field: 'name',
      expected: name,
      ...place,
      message: `${name}: the report shows "${subject.text}" in place of the name (page ${page})`,
    }
  })
  return { findings, explained }
}

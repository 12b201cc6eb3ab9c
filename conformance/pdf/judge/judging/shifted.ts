import type { Understood } from '../reading/read.ts'
import { type Finding, placeOf } from './finding.ts'
import type { Decision } from './judge-reading.ts'

/** What is wrong whatever row a figure stands in. */
const apartFromRows = new Set<Finding['kind']>([
  'foreign-organization',
  'wrong-workspace',
  'placeholder-text',
])

/** The judgement of a report that only figures beside the wrong organizations explain. */
export function judgeShifted(
  decision: Decision,
  { anchors, passages }: Understood,
  shift: 'down' | 'up' | 'unsorted',
): Decision {
  if (decision.verdict === 'unreadable') return decision
  const [first] = anchors
  const speaking = passages.filter(({ values }) => values.length > 0).length
  const place = placeOf(first!)
  const how =
    shift === 'unsorted'
      ? 'beside other names: they are in the order of the list, and the names are in another'
      : `one row ${shift}: beside each name are those of the organization ${shift === 'down' ? 'before' : 'after'} it`
  const finding: Finding = {
    kind: 'shifted-rows',
    message: `The figures of ${speaking} organizations stand ${how} (page ${place.page})`,
    ...place,
  }
  const findings = [finding, ...decision.findings.filter(({ kind }) => apartFromRows.has(kind))]
  return { verdict: 'nonconforming', findings, confirmed: [] }
}

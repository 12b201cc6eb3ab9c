import { onPage } from '../../pages/upright.ts'
import type { Understood } from '../reading/read.ts'
import type { Finding } from './finding.ts'
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
  shift: 'down' | 'up',
): Decision {
  if (decision.verdict === 'unreadable') return decision
  const [first] = anchors
  const speaking = passages.filter(({ values }) => values.length > 0).length
  const { page } = first!.layer
  const other = shift === 'down' ? 'before' : 'after'
  const finding: Finding = {
    kind: 'shifted-rows',
    page,
    message: `The figures of ${speaking} organizations stand one row ${shift}: beside each name are those of the organization ${other} it (page ${page})`,
    box: onPage(first!.layer, first!.box),
  }
  const findings = [finding, ...decision.findings.filter(({ kind }) => apartFromRows.has(kind))]
  return { verdict: 'nonconforming', findings, confirmed: [] }
}

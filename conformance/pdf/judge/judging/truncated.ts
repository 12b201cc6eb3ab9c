import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import type { Passage } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import { type Finding, nameFinding } from './finding.ts'
import { agreementOf } from './garbled.ts'

/** A shorter beginning may be that of any name. */
const fewestLetters = 3

/** Names that are cut off: of organizations that are missing otherwise, whose figures stand beside them. */
export function findTruncated(
  understood: Understood,
  missing: number[],
  facts: ExpectedFigures,
): { findings: Finding[]; anchors: Set<RecordAnchor>; explained: Set<number> } {
  const findings: Finding[] = []
  const anchors = new Set<RecordAnchor>()
  const explained = new Set<number>()
  for (const anchor of understood.ownerships.flatMap(({ unknownRecords }) => unknownRecords)) {
    const [best] = missing
      .filter((at) => !explained.has(at) && isBeginning(anchor.text, facts.organizations[at]!.name))
      .map((at) => ({ at, score: agreementOf(anchor, at, understood, facts) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
    if (!best) continue
    anchors.add(anchor)
    explained.add(best.at)
    const { text: found } = anchor
    const how = `cuts the name off and shows "${found}"`
    findings.push(nameFinding('truncated-name', facts.organizations[best.at]!, { ...anchor, found }, how))
  }
  return { findings: [...findings, ...cutOff(understood, facts)], anchors, explained }
}

/** Names that end with an ellipsis wherever their figures stand, and that no identifier beside them tells. */
function cutOff({ passages }: Understood, { organizations }: ExpectedFigures): Finding[] {
  const byOrganization = Map.groupBy(passages, ({ organization }) => organization)
  return [...byOrganization].flatMap(([at, own]): Finding[] => {
    const [{ anchor }] = own as [Passage]
    if (at === null || own.some((each) => !each.anchor.isCut || each.anchor.ids.length > 0)) return []
    const { text: found } = anchor
    const how = `cuts the name off and shows "${found}"`
    return [nameFinding('truncated-name', organizations[at]!, { ...anchor, found }, how)]
  })
}

function isBeginning(text: string, name: string): boolean {
  const [shown, whole] = [keyOf(text), keyOf(name)]
  return shown.length >= fewestLetters && shown.length < whole.length && whole.startsWith(shown)
}

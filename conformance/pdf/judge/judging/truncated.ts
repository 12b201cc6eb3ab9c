import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
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
  return { findings, anchors, explained }
}

function isBeginning(text: string, name: string): boolean {
  const [shown, whole] = [keyOf(text), keyOf(name)]
  return shown.length >= fewestLetters && shown.length < whole.length && whole.startsWith(shown)
}

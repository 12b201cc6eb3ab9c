import { onPage } from '../../pages/upright.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import type { Understood } from '../reading/read.ts'
import type { Subject } from '../reading/subjects.ts'
import type { Finding } from './finding.ts'
import { agreementOf } from './garbled.ts'

/** A shorter beginning may be that of any name. */
const fewestLetters = 3

/** Names that are cut off: of organizations that are missing otherwise, whose figures stand beside them. */
export function findTruncated(
  understood: Understood,
  missing: number[],
  facts: ExpectedFigures,
): { findings: Finding[]; subjects: Set<Subject>; explained: Set<number> } {
  const findings: Finding[] = []
  const subjects = new Set<Subject>()
  const explained = new Set<number>()
  for (const subject of understood.territories.flatMap(({ strangers }) => strangers)) {
    const [best] = missing
      .filter((at) => !explained.has(at) && isBeginning(subject.text, facts.organizations[at]!.name))
      .map((at) => ({ at, score: agreementOf(subject, at, understood, facts) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
    if (!best) continue
    subjects.add(subject)
    explained.add(best.at)
    const { id, name } = facts.organizations[best.at]!
    const { page } = subject.plane
    findings.push({
      kind: 'truncated-name',
      organization: id,
      name,
      field: 'name',
      expected: name,
      found: subject.text,
      page,
      message: `${name}: the report cuts the name off and shows "${subject.text}" (page ${page})`,
      box: onPage(subject.plane, subject.box),
    })
  }
  return { findings, subjects, explained }
}

function isBeginning(text: string, name: string): boolean {
  const [shown, whole] = [keyOf(text), keyOf(name)]
  return shown.length >= fewestLetters && shown.length < whole.length && whole.startsWith(shown)
}

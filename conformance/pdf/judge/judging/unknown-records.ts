import { type Page, segmentsOf } from '../../pages/page.ts'
import { stretchBox } from '../reading/anchor-candidates.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import { placeholders } from '../reading/placeholders.ts'
import type { Understood } from '../reading/read.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import { furniture, summary } from '../vocabulary/vocabulary.ts'
import { type Finding, placeOf } from './finding.ts'
import { isGarbled, isMangled } from './garbled.ts'
import { linesOfSums } from './sum-rows.ts'

/**
 * Organizations in the document that are none of the expected: by name, by identifier, or by their place. `known` are
 * texts in the place of a name that stand for an expected one.
 */
export function findUnknownRecords(
  pages: Page[],
  understood: Understood,
  facts: ExpectedFigures,
  known: ReadonlySet<RecordAnchor>,
): { findings: Finding[]; garbled: RecordAnchor[] } {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const blame = (name: string, anchor: Pick<RecordAnchor, 'layer' | 'box'>, id?: string) => {
    const key = keyOf(name)
    if (seen.has(key)) return
    seen.add(key)
    const place = placeOf(anchor)
    findings.push({
      kind: 'foreign-organization',
      ...(id ? { organization: id } : {}),
      name,
      message: `${name} does not belong to the workspace, but is in the report (page ${place.page})`,
      ...place,
    })
  }
  for (const { mention, organization } of understood.listed) {
    const [first] = mention.stretches
    blame(organization.name, { layer: first.segment.line.layer, box: stretchBox(first) }, organization.id)
  }
  const garbled: RecordAnchor[] = []
  for (const unknownRecord of unknown(understood, facts)) {
    if (known.has(unknownRecord)) continue
    if (isGarbledName(unknownRecord.text, facts)) garbled.push(unknownRecord)
    else if (
      [...seen].every(
        (key) => !keyOf(unknownRecord.text).includes(key) && !key.includes(keyOf(unknownRecord.text)),
      )
    )
      blame(unknownRecord.text, unknownRecord)
  }
  const ids = new Set(facts.organizations.map(({ id }) => id))
  const areIdsShown = understood.anchors.some(({ ids: shown }) => shown.length > 0)
  for (const segment of areIdsShown ? segmentsOf(pages) : [])
    for (const [id] of segment.text.matchAll(/\borg_[A-Za-z0-9]{10,}\b/g)) {
      const isPart = ids.has(id) || [...ids].some((own) => own.startsWith(id) || id.startsWith(own))
      const isWhole = segment.words.some(({ text }) => text.includes(id))
      if (!isPart && isWhole && findings.length === 0)
        blame(id, { layer: segment.line.layer, box: segment }, id)
    }
  return { findings, garbled }
}

const isGarbledName = (text: string, { organizations }: ExpectedFigures) =>
  isGarbled(text) || organizations.some(({ name }) => isMangled(text, name))

/** Rows and cards with figures whose name is nobody's, and that are no sums. */
function unknown(understood: Understood, facts: ExpectedFigures): RecordAnchor[] {
  const { ownerships, placed, roles, labels } = understood
  const unknownRecords = ownerships.flatMap((ownership) => ownership.unknownRecords)
  if (unknownRecords.length === 0) return []
  const sums = linesOfSums(understood, facts)
  const told = new Map<RecordAnchor, Set<string>>()
  for (const { owner, cellAddress, value } of placed) {
    if (!owner || owner.candidates.length > 0 || !roles.has(cellAddress.id) || value.kind === 'percent')
      continue
    const cellAddresses = told.get(owner) ?? new Set()
    told.set(owner, cellAddresses.add(cellAddress.id))
  }
  const usual = usualCount(placed, roles)
  return unknownRecords.filter((unknownRecord) => {
    const count = told.get(unknownRecord)?.size ?? 0
    if (count === 0 || count < 0.4 * usual) return false
    const { text } = unknownRecord
    if (/\d{4}-\d{2}-\d{2}|\d{1,2}[./:]\d{2}/.test(text)) return false
    if (sums.has(unknownRecord.line) && !isGarbledName(text, facts)) return false
    if (placeholders.test(text) || /^(?:org|ws)_\w+$/.test(text)) return false
    if (summary.test(text) || labels.read(text).types.length > 0) return false
    return !furniture.test(text)
  })
}

function usualCount(placed: Understood['placed'], roles: Understood['roles']): number {
  const counts = new Map<RecordAnchor, number>()
  for (const { owner, cellAddress } of placed)
    if (owner && owner.candidates.length > 0 && roles.has(cellAddress.id))
      counts.set(owner, (counts.get(owner) ?? 0) + 1)
  const sorted = [...counts.values()].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

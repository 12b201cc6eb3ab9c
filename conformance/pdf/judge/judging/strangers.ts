import { type Page, textOf } from '../../pages/page.ts'
import { onPage } from '../../pages/upright.ts'
import { stretchBox } from '../reading/drafts.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import { placeholders } from '../reading/placeholders.ts'
import type { Understood } from '../reading/read.ts'
import type { Subject } from '../reading/subjects.ts'
import { furniture, summary } from '../vocabulary/vocabulary.ts'
import type { Finding } from './finding.ts'
import { isGarbled, isMangled } from './garbled.ts'
import { linesOfSums } from './sum-rows.ts'

/**
 * Organizations in the document that are none of the expected: by name, by identifier, or by their place. `known` are
 * texts in the place of a name that stand for an expected one.
 */
export function findStrangers(
  pages: Page[],
  understood: Understood,
  facts: ExpectedFigures,
  known: ReadonlySet<Subject>,
): { findings: Finding[]; garbled: Subject[] } {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const blame = (name: string, subject: Pick<Subject, 'plane' | 'box'>, id?: string) => {
    const key = keyOf(name)
    if (seen.has(key)) return
    seen.add(key)
    const { page } = subject.plane
    findings.push({
      kind: 'foreign-organization',
      ...(id ? { organization: id } : {}),
      name,
      page,
      message: `${name} does not belong to the workspace, but is in the report (page ${page})`,
      box: onPage(subject.plane, subject.box),
    })
  }
  for (const { mention, organization } of understood.listed) {
    const [first] = mention.stretches
    blame(organization.name, { plane: first.segment.line.plane, box: stretchBox(first) }, organization.id)
  }
  const garbled: Subject[] = []
  for (const stranger of unknown(understood, facts)) {
    if (known.has(stranger)) continue
    if (isGarbledName(stranger.text, facts)) garbled.push(stranger)
    else if (
      [...seen].every((key) => !keyOf(stranger.text).includes(key) && !key.includes(keyOf(stranger.text)))
    )
      blame(stranger.text, stranger)
  }
  const ids = new Set(facts.organizations.map(({ id }) => id))
  for (const page of pages)
    for (const plane of page.planes)
      for (const line of plane.lines)
        for (const segment of line.segments)
          for (const [id] of textOf(segment.words).matchAll(/\borg_[A-Za-z0-9]{10,}\b/g)) {
            const isPart =
              [...ids].some((own) => own.startsWith(id)) ||
              findings.some(({ organization }) => organization === id)
            if (
              !isPart &&
              segment.words.some(({ text }) => text.includes(id)) &&
              understood.subjects.some(({ ids: shown }) => shown.length > 0) &&
              findings.length === 0
            )
              blame(id, { plane, box: segment }, id)
          }
  return { findings, garbled }
}

const isGarbledName = (text: string, { organizations }: ExpectedFigures) =>
  isGarbled(text) || organizations.some(({ name }) => isMangled(text, name))

/** Rows and cards with figures whose name is nobody's, and that are no sums. */
function unknown(understood: Understood, facts: ExpectedFigures): Subject[] {
  const { territories, placed, roles, labels } = understood
  const sums = linesOfSums(understood, facts)
  const told = new Map<Subject, Set<string>>()
  for (const { owner, slot, value } of placed) {
    if (!owner || owner.candidates.length > 0 || !roles.has(slot.id) || value.kind === 'percent') continue
    const slots = told.get(owner) ?? new Set()
    told.set(owner, slots.add(slot.id))
  }
  const usual = usualCount(placed, roles)
  return territories
    .flatMap(({ strangers }) => strangers)
    .filter((stranger) => {
      const count = told.get(stranger)?.size ?? 0
      if (count === 0 || count < 0.4 * usual) return false
      const { text } = stranger
      if (/\d{4}-\d{2}-\d{2}|\d{1,2}[./:]\d{2}/.test(text)) return false
      if (sums.has(stranger.line) && !isGarbledName(text, facts)) return false
      if (placeholders.test(text) || /^(?:org|ws)_\w+$/.test(text)) return false
      if (summary.test(text) || labels.read(text).types.length > 0) return false
      return !furniture.test(text)
    })
}

function usualCount(placed: Understood['placed'], roles: Understood['roles']): number {
  const counts = new Map<Subject, number>()
  for (const { owner, slot } of placed)
    if (owner && owner.candidates.length > 0 && roles.has(slot.id))
      counts.set(owner, (counts.get(owner) ?? 0) + 1)
  const sorted = [...counts.values()].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

import type { Organization } from '../../fixtures/organization.ts'
import { stretchBox } from './drafts.ts'
import type { Facts } from './expectation.ts'
import type { Finding } from './finding.ts'
import { continuations } from './flow.ts'
import { type Mention, Names } from './names.ts'
import { fold, keyOf } from './normalize.ts'
import type { Understood } from './read.ts'
import type { Subject } from './subjects.ts'
import { onPage, type Page, type Segment, textOf } from './text.ts'
import { summary } from './vocabulary.ts'

/** Organizations in the document that are none of the expected: by name, by identifier, or by their place. */
export function findStrangers(
  pages: Page[],
  understood: Understood,
  facts: Facts,
  foreign: Organization[],
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
  for (const { mention, organization } of listed(pages, understood, facts, foreign)) {
    const [first] = mention.stretches
    blame(organization.name, { plane: first.segment.line.plane, box: stretchBox(first) }, organization.id)
  }
  const garbled: Subject[] = []
  for (const stranger of unknown(understood)) {
    if (isGarbled(stranger.text)) garbled.push(stranger)
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

/** Mentions of organizations that must not appear, where the words name no own one. */
function listed(pages: Page[], { mentions }: Understood, facts: Facts, foreign: Organization[]) {
  const own = new Set(facts.organizations.flatMap(({ name, id }) => [keyOf(name), keyOf(id)]))
  const others = foreign.filter(({ name }) => !own.has(keyOf(name)))
  if (others.length === 0) return []
  const planes = pages.flatMap((page) => page.planes)
  const segments = planes.flatMap((plane) => plane.lines.flatMap((line) => line.segments))
  const taken = new Map<Segment, [number, number][]>()
  for (const mention of mentions)
    for (const { segment, start, end } of mention.stretches)
      taken.set(segment, [...(taken.get(segment) ?? []), [start, end]])
  return new Names(others)
    .find(segments, continuations(planes))
    .filter(
      (mention) => !mention.stretches.some((part) => isTaken(part, taken)) && isTelling(mention, others),
    )
    .map((mention) => ({ mention, organization: others[mention.candidates[0] as number] as Organization }))
}

function isTaken(
  { segment, start, end }: Mention['stretches'][number],
  taken: Map<Segment, [number, number][]>,
): boolean {
  return (taken.get(segment) ?? []).some(([from, to]) => start < to && from < end)
}

/** A short or common word says nothing inside a sentence; alone in its cell, or before a colon, it is a name. */
function isTelling({ kind, candidates, stretches }: Mention, others: Organization[]): boolean {
  const { name } = others[candidates[0] as number] as Organization
  if (kind === 'id') return true
  const first = stretches[0]
  const last = stretches.at(-1) as Mention['stretches'][number]
  const before = textOf(first.segment.words).slice(0, first.start)
  const after = textOf(last.segment.words).slice(last.end)
  if (!/\p{L}/u.test(before) && (!/^\s+\p{L}/u.test(after) || /\d/.test(after))) return true
  const text = textOf(first.segment.words).slice(first.start, first.end)
  const exact =
    fold(name).startsWith(fold(text)) &&
    (stretches.length > 1 || text.normalize('NFKC') === name.normalize('NFKC'))
  return exact && /\s/.test(name.trim()) && keyOf(name).length >= 8 && !/^\s+\p{Lu}/u.test(after)
}

/** Rows and cards with figures whose name is nobody's, and that are no sums. */
function unknown({ territories, placed, roles, labels }: Understood): Subject[] {
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
      if (summary.test(text) || labels.read(text).types.length > 0) return false
      return !/^(?:date|generated|workspace|billing|organi[sz]ations?|page|report|period|as of)\b/iu.test(
        text,
      )
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

/** Question marks, boxes, replacement and control characters in place of letters. */
export function isGarbled(text: string): boolean {
  const letters = [...text].filter((char) => !/\s/.test(char))
  const bad = letters.filter((char) =>
    /[?\u0000-\u001f\u007f-\u009f\ufffd\u25a0-\u25a1\u25af\u2b1c\ue000-\uf8ff]/u.test(char),
  )
  return bad.length >= 2 && bad.length >= 0.3 * letters.length
}

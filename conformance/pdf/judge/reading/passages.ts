import type { Headers } from './headers.ts'
import type { Assigned, Placed } from './roles.ts'
import type { Subject } from './subjects.ts'

/** What a passage says of its organization, by role and type. */
export interface Passage {
  subject: Subject
  values: (Placed & { assigned: Assigned })[]
  /** Figures (`users|direct`) that the report has a place for. */
  shows: ReadonlySet<string>
  /** The heading it stands under. */
  section: string
  /** Index of the organization it is about. */
  organization: number | null
  /** Says again what another passage says of the same organization. */
  repeats: boolean
}

/** What the document says of each subject, a figure once; and the subjects of which it says nothing anywhere. */
export function passagesOf(
  subjects: Subject[],
  placed: Placed[],
  roles: Map<string, Assigned>,
  headers: Headers,
): Passage[] {
  const values = new Map<Subject, Passage['values']>()
  const shows = new Set<string>()
  const counts = new Map<string, number>()
  for (const { slot, owner } of placed)
    if (owner && owner.candidates.length > 0) counts.set(slot.id, (counts.get(slot.id) ?? 0) + 1)
  for (const each of placed) {
    const assigned = roles.get(each.slot.id)
    if (!assigned) continue
    if (!each.owner || each.owner.candidates.length === 0) continue
    if ((counts.get(each.slot.id) ?? 0) >= 0.2 * subjects.length)
      shows.add(`${assigned.type}|${assigned.role}`)
    const list = values.get(each.owner) ?? []
    // The first of its slot is the organization's; further ones belong to sums and legends that follow.
    if (!list.some(({ slot }) => slot.id === each.slot.id)) list.push({ ...each, assigned })
    values.set(each.owner, list)
  }
  for (const [subject, list] of values) values.set(subject, withoutOddities(list, counts))
  const speaking = subjects.filter((subject) => values.has(subject))
  // An identifier tells who is meant where several share a name.
  const named = ({ ids, candidates }: Subject) => (ids.length > 0 ? ids : candidates)
  const heard = new Map<string, number>()
  for (const subject of speaking)
    heard.set(named(subject).join(), (heard.get(named(subject).join()) ?? 0) + 1)
  const silent = subjects.filter((subject) => {
    const times = heard.get(named(subject).join()) ?? 0
    return !values.has(subject) && times < named(subject).length
  })
  return [...speaking, ...silent].map((subject) => ({
    subject,
    values: values.get(subject) ?? [],
    shows,
    section: headers.section(subject.line),
    organization: null,
    repeats: false,
  }))
}

/** A figure that only few passages have, that fits none of them, and whose place another one fills, is some sum. */
function withoutOddities(list: Passage['values'], counts: Map<string, number>): Passage['values'] {
  const count = ({ slot }: Placed) => counts.get(slot.id)!
  return list.filter(
    (each) =>
      each.assigned.rate >= 0.5 ||
      !list.some(
        (other) =>
          other !== each &&
          other.assigned.type === each.assigned.type &&
          (other.assigned.role === 'limit') === (each.assigned.role === 'limit') &&
          other.assigned.rate > 0.5 &&
          count(other) >= 3 * count(each),
      ),
  )
}

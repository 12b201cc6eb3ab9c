import type { Assigned } from './expectation.ts'
import type { Headers } from './headers.ts'
import type { Placed } from './ownership.ts'
import type { RecordAnchor } from './record-anchor.ts'

/** What a passage says of its organization, by role and type. */
export interface Passage {
  anchor: RecordAnchor
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

/** Whom each anchor is about; undefined for one that no passage has, null where nobody could be told. */
export function organizationsOf(
  passages: Passage[],
): (anchor: RecordAnchor | null) => number | null | undefined {
  const about = new Map<RecordAnchor | null, number | null>(
    passages.map(({ anchor, organization }) => [anchor, organization]),
  )
  return (anchor) => about.get(anchor)
}

/** What the document says of each anchor, a figure once; and the anchors of which it says nothing anywhere. */
export function passagesOf(
  anchors: RecordAnchor[],
  placed: Placed[],
  roles: Map<string, Assigned>,
  headers: Headers,
): Passage[] {
  const values = new Map<RecordAnchor, Passage['values']>()
  const shows = new Set<string>()
  const counts = new Map<string, number>()
  for (const { cellAddress, owner } of placed)
    if (owner && owner.candidates.length > 0)
      counts.set(cellAddress.id, (counts.get(cellAddress.id) ?? 0) + 1)
  for (const each of placed) {
    const assigned = roles.get(each.cellAddress.id)
    if (!assigned) continue
    if (!each.owner || each.owner.candidates.length === 0) continue
    if ((counts.get(each.cellAddress.id) ?? 0) >= 0.2 * anchors.length)
      shows.add(`${assigned.type}|${assigned.role}`)
    const list = values.get(each.owner) ?? []
    // The first of its cell address is the organization's; further ones belong to sums and legends that follow.
    const { value, owner, carried, cellAddress } = each
    if (!list.some((other) => other.cellAddress.id === cellAddress.id))
      list.push({ value, owner, carried, cellAddress, assigned })
    values.set(each.owner, list)
  }
  const speaking = anchors.filter((anchor) => values.has(anchor))
  // An identifier tells who is meant where several share a name.
  const named = ({ ids, candidates }: RecordAnchor) => (ids.length > 0 ? ids : candidates)
  const heard = new Map<string, number>()
  for (const anchor of speaking) heard.set(named(anchor).join(), (heard.get(named(anchor).join()) ?? 0) + 1)
  const silent = anchors.filter((anchor) => {
    const times = heard.get(named(anchor).join()) ?? 0
    return !values.has(anchor) && times < named(anchor).length
  })
  return [...speaking, ...silent].map((anchor) => ({
    anchor,
    values: values.get(anchor) ?? [],
    shows,
    section: headers.section(anchor.line),
    organization: null,
    repeats: false,
  }))
}

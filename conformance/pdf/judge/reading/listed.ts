import type { Organization } from '../../../../fixtures/organization.ts'
import type { Segment, TextLayer } from '../../pages/page.ts'
import { continuations } from './flow.ts'
import { type Mention, Names } from './names.ts'
import { fold, keyOf } from './normalize.ts'
import { textIn } from './segment-key.ts'

/** A place where an organization that must not appear is named. */
export interface Listed {
  mention: Mention
  organization: Organization
}

/** Where organizations that must not appear are named, and the words name no own one. */
export function findListed(
  layers: TextLayer[],
  mentions: Mention[],
  organizations: Organization[],
  foreign: Organization[],
): Listed[] {
  const own = new Set(organizations.flatMap(({ name, id }) => [keyOf(name), keyOf(id)]))
  const others = foreign.filter(({ name }) => !own.has(keyOf(name)))
  if (others.length === 0) return []
  const segments = layers.flatMap((layer) => layer.lines.flatMap((line) => line.segments))
  const taken = new Map<Segment, [number, number][]>()
  for (const mention of mentions)
    for (const { segment, start, end } of mention.stretches)
      taken.set(segment, [...(taken.get(segment) ?? []), [start, end]])
  return new Names(others)
    .find(segments, continuations(layers))
    .filter(
      (mention) => !mention.stretches.some((part) => isTaken(part, taken)) && isTelling(mention, others),
    )
    .map((mention) => ({ mention, organization: others[mention.candidates[0]!]! }))
}

function isTaken(
  { segment, start, end }: Mention['stretches'][number],
  taken: Map<Segment, [number, number][]>,
): boolean {
  return (taken.get(segment) ?? []).some(([from, to]) => start < to && from < end)
}

/** A short or common word says nothing inside a sentence; alone in its cell, or before a colon, it is a name. */
function isTelling({ kind, candidates, stretches }: Mention, others: Organization[]): boolean {
  const { name } = others[candidates[0]!]!
  if (kind === 'id') return true
  const first = stretches[0]
  const last = stretches.at(-1)!
  const before = first.segment.text.slice(0, first.start)
  const after = last.segment.text.slice(last.end)
  if (!/\p{L}/u.test(before) && (!/^\s+\p{L}/u.test(after) || /\d/.test(after))) return true
  const text = textIn(first)
  const exact =
    fold(name).startsWith(fold(text)) &&
    (stretches.length > 1 || text.normalize('NFKC') === name.normalize('NFKC'))
  return exact && /\s/.test(name.trim()) && keyOf(name).length >= 8 && !/^\s+\p{Lu}/u.test(after)
}

import type { Line, Segment } from '../../pages/page.ts'
import { organizationHead } from '../vocabulary/vocabulary.ts'
import { type AnchorCandidate, candidatesOf } from './anchor-candidates.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Content } from './values.ts'

/** Kinds of mention that cover most organizations, then those that add others without saying something else. */
export function chooseAnchors(
  kinds: Map<string, AnchorCandidate[]>,
  facts: ExpectedFigures,
  zones: Map<Line, string>,
): AnchorCandidate[] {
  const able = [...kinds.values()]
    .map((list) => list.filter((each) => !each.refers && (each.mention.kind === 'id' || isWhole(each, list))))
    .filter((list) => list.length > 0)
    .sort((a, b) => candidatesOf(b).size - candidatesOf(a).size)
  const chosen: AnchorCandidate[] = []
  for (const list of able) {
    const head = list[0]!
    const worded = /\p{L}{2}/u.test(head.before)
    const orgs = candidatesOf(list)
    const large = orgs.size >= Math.max(2, 0.5 * facts.organizations.length)
    const introduced = facts.organizations.length < 4 && organizationHead.test(head.before)
    if (worded && !large && !introduced && !(able[0] === list && orgs.size >= 2)) continue
    // Beside another name or after figures stands another organization only if it is mostly one not yet met.
    const aside = head.rank > 0 || head.follows
    if (aside && chosen.length > 0 && !isNews(list, chosen, zones)) continue
    chosen.push(...list)
  }
  const position = new Map([...kinds.values()].flat().map((each) => [each, each.first.segment]))
  return chosen.sort((a, b) => {
    const one = position.get(a)!.line
    const two = position.get(b)!.line
    return (
      one.layer.page - two.layer.page ||
      one.y - two.y ||
      a.first.segment.x0 - b.first.segment.x0 ||
      a.first.start - b.first.start
    )
  })
}

/** By line: which part of its page it is in; words that name nobody and state nothing, as titles do, part them. */
export function zonesOf(
  anchorCandidates: AnchorCandidate[],
  contents: Map<Segment, Content>,
): Map<Line, string> {
  const zones = new Map<Line, string>()
  for (const layer of new Set(anchorCandidates.map(({ first }) => first.segment.line.layer))) {
    let zone = 0
    for (const line of layer.lines) {
      const isBare = line.segments.every((segment) => {
        const { values, mentions } = contents.get(segment)!
        return values.length + mentions.length === 0
      })
      if (isBare) zone += 1
      zones.set(line, `${layer.page}/${layer.angle}/${zone}`)
    }
  }
  return zones
}

/** Whether most mentions are of organizations that the chosen ones around them leave out; a name may stand for several. */
function isNews(list: AnchorCandidate[], chosen: AnchorCandidate[], zones: Map<Line, string>): boolean {
  const name = ({ mention, first }: AnchorCandidate) =>
    `${mention.candidates.join()}@${zones.get(first.segment.line)}`
  const used = new Map<string, number>()
  for (const each of chosen)
    if (each.mention.kind === list[0]!.mention.kind) used.set(name(each), (used.get(name(each)) ?? 0) + 1)
  const met = list.filter((each) => {
    const times = used.get(name(each)) ?? 0
    used.set(name(each), times + 1)
    return times >= each.mention.candidates.length
  })
  return met.length < 0.5 * list.length
}

/** "Acme" in "Acme Northern" or "Acme & Sons" names somebody else, unless many names are followed by that word. */
function isWhole(each: AnchorCandidate, kind: AnchorCandidate[]): boolean {
  const { after } = each
  if (/^\s*$/u.test(after) || /^(?:['’]s)?\s*[:,;.|›»>]/u.test(after) || /^\s+[–—/·•-]/u.test(after))
    return true
  const next = /^([^\p{L}\p{N}#]*)([\p{L}\p{N}#]+)/u.exec(after)
  if (!next) return /^\s/u.test(after) || /^[)\]"'”’»*†]/u.test(after)
  if (/^#/.test(next[2]!) || /^(?:org|ws|id)$/.test(next[2]!)) return true
  const start = next[0]
  const follows = new Set(
    kind.filter((other) => other.after.startsWith(start)).flatMap(({ mention }) => mention.candidates),
  )
  return follows.size > Math.max(1, each.mention.candidates.length)
}

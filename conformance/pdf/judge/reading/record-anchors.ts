import type { Box } from '../../pages/matrix.ts'
import { union } from '../../pages/matrix.ts'
import { type Line, type Segment, type TextLayer, textOf } from '../../pages/page.ts'
import { organizationHead, reference, summary } from '../vocabulary/vocabulary.ts'
import { type AnchorCandidate, anchorCandidate, rank, related } from './anchor-candidates.ts'
import type { ExpectedFigures } from './expectation.ts'
import { joinPaths } from './name-paths.ts'
import type { Mention } from './names.ts'
import type { Content } from './values.ts'

/** A place in the document that speaks of one organization; figures are looked for beside and below it. */
export interface RecordAnchor {
  layer: TextLayer
  box: Box
  /** Segments that its name (and the path before it) takes. */
  segments: Segment[]
  /** Who it may be; empty for text that stands where a name should. */
  candidates: number[]
  /** Candidates named by identifier. */
  ids: number[]
  /** Ancestors that are named beside it. */
  parents: number[][]
  text: string
  /** What stands right behind the name, up to the next blank. */
  mark: string
  line: Line
  order: number
  /** Where in its first line it begins. */
  x: number
}

/** Tells mentions that a passage is about from those that merely relate it to another organization. */
export function findAnchors(
  mentions: Mention[],
  contents: Map<Segment, Content>,
  facts: ExpectedFigures,
): { anchors: RecordAnchor[]; others: Mention[] } {
  const anchorCandidates = mentions.map((mention) => anchorCandidate(mention, contents))
  joinPaths(anchorCandidates, contents, facts)
  rank(anchorCandidates)
  markOthers(anchorCandidates, facts)
  const kinds = byKind(anchorCandidates)
  markReferences(kinds, anchorCandidates, facts)
  const chosen = choose(kinds, facts, zonesOf(anchorCandidates, contents))
  const names = chosen.filter(({ mention }) => mention.kind === 'name')
  const used = names.length > 0 ? names : chosen
  const anchors = used.map((each, order) => anchorOf(each, order))
  const isUsed = new Set(used)
  const others = anchorCandidates.filter((each) => !isUsed.has(each))
  relate(
    anchors,
    others.filter(({ mention }) => mention.kind === 'name'),
    facts,
  )
  return { anchors, others: others.map(({ mention }) => mention) }
}

function byKind(anchorCandidates: AnchorCandidate[]): Map<string, AnchorCandidate[]> {
  const kinds = new Map<string, AnchorCandidate[]>()
  for (const each of anchorCandidates) {
    if (each.refers) continue
    const key = `${each.mention.kind}|${each.before}|${Math.min(each.rank, 6)}|${each.follows}`
    const list = kinds.get(key)
    if (list) list.push(each)
    else kinds.set(key, [each])
  }
  return kinds
}

function covered(anchorCandidates: AnchorCandidate[]): Set<number> {
  return new Set(anchorCandidates.flatMap(({ mention }) => mention.candidates))
}

/** An identifier tells whose its row is: an ancestor's name beside it, and none of its own, tells where that belongs. */
function markOthers(anchorCandidates: AnchorCandidate[], facts: ExpectedFigures): void {
  for (const row of Map.groupBy(anchorCandidates, ({ first }) => first.segment.line).values()) {
    const ids = row.filter(({ mention }) => mention.kind === 'id')
    for (const each of row)
      if (
        each.mention.kind === 'name' &&
        ids.some((id) => related(each, id, facts)) &&
        !ids.some((id) => id.mention.candidates.some((at) => each.mention.candidates.includes(at)))
      )
        each.refers = true
  }
}

function markReferences(
  kinds: Map<string, AnchorCandidate[]>,
  anchorCandidates: AnchorCandidate[],
  facts: ExpectedFigures,
): void {
  const position = new Map(anchorCandidates.map((each, at) => [each, at]))
  const onLine = new Map<Line, AnchorCandidate[]>()
  for (const each of anchorCandidates) {
    const { line } = each.first.segment
    const list = onLine.get(line)
    if (list) list.push(each)
    else onLine.set(line, [each])
  }
  for (const list of kinds.values()) {
    const head = list[0]!
    if (head.mention.kind === 'id') continue
    const worded = /\p{L}/u.test(head.before)
    const isListed = new Set(list)
    const rest = covered(
      anchorCandidates.filter((each) => !isListed.has(each) && !each.refers && each.mention.kind === 'name'),
    )

    const own = [...covered(list)].filter((at) => !rest.has(at)).length
    const votes = list.filter((each) => {
      // A path says whose part it is about by itself.
      if (each.also.length > 0) return false
      const beside = (onLine.get(each.first.segment.line) ?? []).filter(
        (other) => other !== each && !other.refers && other.mention.kind === 'name',
      )
      if (beside.some((other) => related(each, other, facts))) return true
      const before = anchorCandidates[position.get(each)! - 1]
      return worded && before !== undefined && related(each, before, facts)
    }).length
    const says = worded && (reference.test(head.before) || summary.test(head.before))
    const shows =
      votes >= 0.8 * list.length && list.length > 1 && own <= Math.max(1, 0.1 * facts.organizations.length)
    if (says || (shows && (worded || list.length > 2))) for (const each of list) each.refers = true
  }
}

/** Kinds of mention that cover most organizations, then those that add others without saying something else. */
function choose(
  kinds: Map<string, AnchorCandidate[]>,
  facts: ExpectedFigures,
  zones: Map<Line, string>,
): AnchorCandidate[] {
  const able = [...kinds.values()]
    .map((list) => list.filter((each) => !each.refers && (each.mention.kind === 'id' || isWhole(each, list))))
    .filter((list) => list.length > 0)
    .sort((a, b) => covered(b).size - covered(a).size)
  const chosen: AnchorCandidate[] = []
  for (const list of able) {
    const head = list[0]!
    const worded = /\p{L}{2}/u.test(head.before)
    const orgs = covered(list)
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
function zonesOf(anchorCandidates: AnchorCandidate[], contents: Map<Segment, Content>): Map<Line, string> {
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

/** An ancestor that is named on the anchor's line or right below tells it from others of its name. */
export function relate(anchors: RecordAnchor[], references: AnchorCandidate[], facts: ExpectedFigures): void {
  const byPage = new Map<number, AnchorCandidate[]>()
  for (const each of references) {
    const { page } = each.first.segment.line.layer
    byPage.set(page, [...(byPage.get(page) ?? []), each])
  }
  for (const anchor of anchors) {
    if (anchor.candidates.length < 2) continue
    for (const { mention, box, first } of byPage.get(anchor.layer.page) ?? []) {
      const drop = first.segment.line.y - anchor.box.y1
      const isNear = drop > -2 * anchor.line.size && drop < 1.6 * anchor.line.size && box.x0 >= anchor.x - 2
      if (!isNear || anchor.segments.includes(first.segment) || first.segment.line.layer !== anchor.layer)
        continue
      const isAncestor = (at: number) =>
        mention.candidates.some((above) => facts.ancestors[at]!.includes(above))
      const fitting = anchor.candidates.filter(isAncestor)
      const between = anchors.some(
        (other) =>
          other !== anchor &&
          other.layer === anchor.layer &&
          other.x > anchor.x &&
          other.x <= box.x0 &&
          (other.line === first.segment.line || other.line === anchor.line),
      )
      if (fitting.length > 0 && fitting.length < anchor.candidates.length && !between)
        anchor.parents.push(mention.candidates)
    }
  }
}

function anchorOf(each: AnchorCandidate, order: number): RecordAnchor {
  const all = [...each.also, each]
  const segments = [...new Set(all.flatMap(({ mention }) => mention.stretches.map((part) => part.segment)))]
  const { line } = all.sort((a, b) => a.box.y0 - b.box.y0)[0]!.first.segment
  const { candidates } = each.mention
  return {
    layer: line.layer,
    box: union(all.map(({ box }) => box)),
    segments,
    candidates,
    ids: each.mention.kind === 'id' ? candidates : [],
    parents: each.parents,
    mark: /^\s*(?:[:;,]|\S*)/u.exec(each.after)![0].trim(),
    text: textOf(each.first.segment.words.slice(each.first.from, each.first.to + 1)),
    line,
    order,
    x: Math.min(...all.map(({ box }) => box.x0)),
  }
}

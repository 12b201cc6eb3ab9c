import type { Facts } from './expectation.ts'
import { type Box, union } from './matrix.ts'
import type { Mention, Stretch } from './names.ts'
import { fold } from './normalize.ts'
import type { Line, Segment } from './text.ts'
import { type Content, xAt } from './values.ts'
import { reference } from './vocabulary.ts'

/** A mention with what decides whether a passage is about it. */
export interface Draft {
  mention: Mention
  first: Stretch
  last: Stretch
  before: string
  after: string
  rank: number
  /** Figures stand before it on its line. */
  follows: boolean
  box: Box
  refers: boolean
  parents: number[][]
  also: Draft[]
}

export function draft(mention: Mention, contents: Map<Segment, Content>): Draft {
  const first = mention.stretches[0]
  const last = mention.stretches.at(-1) as Stretch
  const head = contents.get(first.segment) as Content
  const tail = contents.get(last.segment) as Content
  const since = Math.max(
    0,
    ...head.mentions.filter(([, end]) => end <= first.start).map(([, end]) => end),
    ...head.values.filter(({ end }) => end <= first.start).map(({ end }) => end),
    ...[...head.text.slice(0, first.start).matchAll(/[.;!?|•·]\s/g)].map((match) => match.index + 1),
  )
  return {
    mention,
    first,
    last,
    before: fold(head.text.slice(since, first.start)).replace(/\d+/g, '#'),
    after: tail.text.slice(last.end).toLowerCase().replace(/\d+/g, '#'),
    rank: 0,
    follows: followsFigures(first, contents),
    box: union(mention.stretches.map((part) => stretchBox(part))),
    refers: false,
    parents: [],
    also: [],
  }
}

function followsFigures({ segment, start }: Stretch, contents: Map<Segment, Content>): boolean {
  const figures = segment.line.segments
    .slice(0, segment.index + 1)
    .flatMap((other) =>
      (contents.get(other) as Content).values.filter(
        ({ kind, end }) => kind === 'number' && (other !== segment || end <= start),
      ),
    )
  return figures.length > 1
}

export function stretchBox(part: Stretch): Box {
  const { segment } = part
  return {
    x0: xAt(segment, part.start, false),
    x1: xAt(segment, part.end, true),
    y0: segment.y0,
    y1: segment.y1,
  }
}

export function rank(drafts: Draft[]): void {
  const counts = new Map<Line, number>()
  for (const each of [...drafts].sort(
    (a, b) => a.first.segment.x0 - b.first.segment.x0 || a.first.start - b.first.start,
  )) {
    const { line } = each.first.segment
    each.rank = counts.get(line) ?? 0
    if (each.mention.kind === 'name') counts.set(line, each.rank + 1)
  }
}

/** "Europe › Paris", "Paris (Europe)", "Paris, part of Europe": one subject with its ancestors beside it. */
export function joinPaths(drafts: Draft[], contents: Map<Segment, Content>, facts: Facts): void {
  const names = drafts.filter(({ mention }) => mention.kind === 'name')
  for (let i = 1; i < names.length; i += 1) {
    const one = names[i - 1] as Draft
    const two = names[i] as Draft
    const between = textBetween(one, two, contents)
    if (between === null) continue
    const down = related(one, two, facts)
    const up = related(two, one, facts)
    if (down && !/\p{L}|\d/u.test(between) && /[›>/→»|\\:·•—–-]/u.test(between)) {
      one.refers = true
      two.parents.push(...one.parents, one.mention.candidates)
      two.also.push(one, ...one.also)
      two.rank = one.rank
      two.before = one.before
    } else if (up && (reference.test(between) || /^\s*[(,\-–—/·<«‹←|]\s*$/u.test(between))) {
      two.refers = true
      one.parents.push(two.mention.candidates)
    }
  }
}

function textBetween(one: Draft, two: Draft, contents: Map<Segment, Content>): string | null {
  const from = one.last.segment
  const to = two.first.segment
  const text = (segment: Segment) => (contents.get(segment) as Content).text
  if (from === to) return text(from).slice(one.last.end, two.first.start)
  const drop = to.line.y - from.line.y
  const em = from.line.size
  if (drop <= 0 || drop > 1.8 * em || Math.abs(to.x0 - from.x0) > 3 * em) return null
  const between = `${text(from).slice(one.last.end)} ${text(to).slice(0, two.first.start)}`
  return between.trim() ? between : null
}

export function related(ancestor: Draft, descendant: Draft, facts: Facts): boolean {
  return descendant.mention.candidates.some((at) =>
    ancestor.mention.candidates.some((above) => facts.ancestors[at]!.includes(above)),
  )
}

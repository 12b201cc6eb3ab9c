import { type Box, union } from '../../pages/matrix.ts'
import type { Line, Segment } from '../../pages/page.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Mention } from './names.ts'
import { wordsOf } from './normalize.ts'
import { type Stretch, xAt } from './segment-key.ts'
import type { Content } from './values.ts'

/** A mention with what decides whether a passage is about it. */
export interface AnchorCandidate {
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
  also: AnchorCandidate[]
}

export function anchorCandidate(mention: Mention, contents: Map<Segment, Content>): AnchorCandidate {
  const first = mention.stretches[0]
  const last = mention.stretches.at(-1)!
  const head = contents.get(first.segment)!
  const tail = contents.get(last.segment)!
  const since = Math.max(
    0,
    ...head.mentions.filter(([, end]) => end <= first.start).map(([, end]) => end),
    ...head.values.filter(({ end }) => end <= first.start).map(({ end }) => end),
    ...(first.start > 0
      ? [...head.text.slice(0, first.start).matchAll(/[.;!?|•·]\s/g)].map((match) => match.index + 1)
      : []),
  )
  return {
    mention,
    first,
    last,
    before: wordsOf(head.text.slice(since, first.start)),
    after: behind(tail, last.end),
    rank: 0,
    follows: followsFigures(first, contents),
    // What stands on the next page is no part of the place on its own.
    box: union(
      mention.stretches
        .filter(({ segment }) => segment.line.layer === first.segment.line.layer)
        .map((part) => stretchBox(part)),
    ),
    refers: false,
    parents: [],
    also: [],
  }
}

/** What goes on behind a name; the next cell's name, set close to it, does not. */
function behind({ text, mentions }: Content, end: number): string {
  const isNext = mentions.some(([start]) => start > end && text.slice(end, start).trim() === '')
  return isNext ? '' : text.slice(end).toLowerCase().replace(/\d+/g, '#')
}

function followsFigures({ segment, start }: Stretch, contents: Map<Segment, Content>): boolean {
  const figures = segment.line.segments
    .slice(0, segment.index + 1)
    .flatMap((other) =>
      contents
        .get(other)!
        .values.filter(({ kind, end }) => kind === 'number' && (other !== segment || end <= start)),
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

/** Counts the names of each row from the left, those on the way to another one with it. */
export function rank(anchorCandidates: AnchorCandidate[]): void {
  const counts = new Map<Line, number>()
  for (const each of [...anchorCandidates].sort(
    (a, b) => a.first.segment.x0 - b.first.segment.x0 || a.first.start - b.first.start,
  )) {
    const lines = linesOf(each)
    each.rank = Math.max(...lines.map((line) => counts.get(line) ?? 0))
    if (each.mention.kind === 'name' && !each.refers)
      for (const line of lines) counts.set(line, each.rank + 1)
  }
}

/** From the first line of a name, and of the path to it, to its last: what stands beside a wrapped one may be set to its middle. */
export function linesOf({ also, first, last }: AnchorCandidate): Line[] {
  const [from, to] = [(also[0]?.first ?? first).segment.line, last.segment.line]
  const { lines } = from.layer
  return from === to ? [from] : [from, ...lines.slice(lines.indexOf(from) + 1, lines.indexOf(to) + 1)]
}

export function related(
  ancestor: AnchorCandidate,
  descendant: AnchorCandidate,
  facts: ExpectedFigures,
): boolean {
  return descendant.mention.candidates.some((at) =>
    ancestor.mention.candidates.some((above) => facts.ancestors[at]!.includes(above)),
  )
}

/** All who are named by some mentions. */
export function candidatesOf(anchorCandidates: AnchorCandidate[]): Set<number> {
  return new Set(anchorCandidates.flatMap(({ mention }) => mention.candidates))
}

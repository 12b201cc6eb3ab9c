import { isRightToLeft } from '../../pages/bidi.ts'
import type { Line, Segment, Word } from '../../pages/page.ts'
import { relate } from '../reading/ancestors-beside.ts'
import { anchorCandidate } from '../reading/anchor-candidates.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Mention } from '../reading/names.ts'
import type { Understood } from '../reading/read.ts'
import { anchorOf, type RecordAnchor } from '../reading/record-anchor.ts'

/** Which of the places that name organizations have a record. */
type Choice = (anchors: RecordAnchor[], document: Understood, context: ExpectedFigures) => RecordAnchor[]

/** Names that stand one after the other, in a column of the page, before the next quantity. */
function runsOf(anchors: RecordAnchor[], { contents }: Understood): RecordAnchor[][] {
  const runs: RecordAnchor[][] = []
  for (const column of Map.groupBy(
    anchors,
    (each) => `${each.layer.page}/${Math.round(edgeOf(each) / 60)}`,
  ).values()) {
    let last: RecordAnchor | undefined
    for (const each of column) {
      const size = Math.max(each.line.size, last?.line.size ?? 0)
      const isNext = last && each.line.y - last.line.y < 2.2 * size && !hasFigures(last, each, contents)
      if (isNext) runs.at(-1)!.push(each)
      else runs.push([each])
      last = each
    }
  }
  return runs
}

/** Whether figures stand beside or below a name before the next one. */
function hasFigures(from: RecordAnchor, to: RecordAnchor, contents: Understood['contents']): boolean {
  const { lines } = from.layer
  for (let at = lines.indexOf(from.line); lines[at] && lines[at] !== to.line; at += 1)
    for (const segment of lines[at]!.segments)
      if (isBeside(from, segment) && contents.get(segment)!.values.length > 0) return true
  return false
}

/** Where names begin that stand below each other: at the right where their script runs from there. */
const edgeOf = ({ text, x, box }: RecordAnchor) => (isRightToLeft(text) ? box.x1 : x)

function isBeside(anchor: RecordAnchor, segment: Segment): boolean {
  const away = isRightToLeft(anchor.text) ? anchor.box.x1 - segment.x1 : segment.x0 - anchor.x
  return away >= -5 && away < 150
}

const onLine =
  (isBefore: (one: RecordAnchor, other: RecordAnchor) => boolean): Choice =>
  (anchors) =>
    [...Map.groupBy(anchors, ({ line }) => line).values()].map((list) =>
      list.reduce((a, b) => (isBefore(b, a) ? b : a)),
    )

/** Those set as most organizations are: fonts may differ with the script of a name, sizes do not. */
const commonBy =
  (style: (word: Word) => string): Choice =>
  (anchors) => {
    const styles = [...Map.groupBy(anchors, ({ segments }) => style(segments[0]!.words[0]!)).values()]
    const covers = (list: RecordAnchor[]) => new Set(list.flatMap(({ candidates }) => candidates)).size
    return styles.reduce((best, list) => (covers(list) > covers(best) ? list : best), [])
  }

/** The strategies, by name. */
export const anchorChoices: Record<string, Choice> = {
  all: (anchors) => anchors,
  firstOnLine: onLine((one, other) => one.x < other.x),
  lastOnLine: onLine((one, other) => one.x > other.x),
  firstOfRun: (anchors, document) => runsOf(anchors, document).map((run) => run[0]!),
  lastOfRun: (anchors, document) => runsOf(anchors, document).map((run) => run.at(-1)!),
  deepest: (anchors, document, context) =>
    runsOf(anchors, document).flatMap((run) => {
      const isAncestor = (one: RecordAnchor) =>
        run.some((other) => other !== one && other.candidates.some((at) => isAbove(one, at, context)))
      const own = run.filter((each) => !isAncestor(each))
      return own.length > 0 ? own.slice(0, 1) : run.slice(0, 1)
    }),
  commonFont: commonBy(({ font }) => font),
  commonSize: commonBy(({ size }) => String(size)),
}

function isAbove({ candidates }: RecordAnchor, at: number, { ancestors }: ExpectedFigures): boolean {
  return candidates.some((above) => ancestors[at]!.includes(above))
}

/** The sets of anchors that a document may have, each once. */
export function anchorSets(document: Understood, context: ExpectedFigures): Map<string, RecordAnchor[]> {
  const kinds = document.mentions.some(({ kind }) => kind === 'name') ? 'name' : 'id'
  const anchors = Map.groupBy(document.anchors, ({ segments }) => segments[0]!)
  const all = document.mentions
    .filter(({ kind }) => kind === kinds)
    .map((each) => withKnown(each, document.contents, anchors))
  const order = new Map<Line, number>(document.lines.map((line, at) => [line, at]))
  all.sort((a, b) => order.get(a.line)! - order.get(b.line)! || a.x - b.x)
  const found = new Map([['labelled', document.anchors]])
  const seen = new Set<string>()
  const index = new Map(all.map((each, at) => [each, at]))
  for (const [name, choose] of Object.entries(anchorChoices)) {
    const chosen = choose(all, document, context).sort((a, b) => index.get(a)! - index.get(b)!)
    const key = chosen.map((each) => index.get(each)).join()
    if (chosen.length === 0 || seen.has(key)) continue
    seen.add(key)
    found.set(name, withParents(chosen, document, context))
  }
  return found
}

/** The anchors with the ancestors that are named beside them, where several organizations share a name. */
function withParents(
  chosen: RecordAnchor[],
  { mentions, contents }: Understood,
  context: ExpectedFigures,
): RecordAnchor[] {
  const anchors = chosen.map((each): RecordAnchor => ({ ...each, parents: [] }))
  const taken = new Set(anchors.flatMap(({ segments }) => segments))
  const references = mentions
    .filter(({ kind, stretches }) => kind === 'name' && !taken.has(stretches[0].segment))
    .map((mention) => anchorCandidate(mention, contents))
  relate(anchors, references, context)
  return anchors
}

/** A mention as an anchor, with the identifiers and ancestors that stand beside it. */
function withKnown(
  mention: Mention,
  contents: Understood['contents'],
  anchors: Map<Segment, RecordAnchor[]>,
): RecordAnchor {
  const candidate = anchorCandidate(mention, contents)
  const own = anchorOf(candidate, 0)
  const known = anchors
    .get(candidate.first.segment)
    ?.find(({ candidates }) => candidates === mention.candidates)
  return known ? { ...own, ids: known.ids, parents: known.parents } : own
}

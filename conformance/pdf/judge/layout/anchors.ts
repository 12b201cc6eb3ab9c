import { type Line, type Segment, textOf } from '../../pages/page.ts'
import { draft } from '../reading/drafts.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Mention } from '../reading/names.ts'
import type { Understood } from '../reading/read.ts'
import { relate, type Subject } from '../reading/subjects.ts'

/** Which of the places that name organizations have a record. */
type Choice = (anchors: Subject[], document: Understood, context: ExpectedFigures) => Subject[]

/** Names that stand one after the other, in a column of the page, before the next quantity. */
function runsOf(anchors: Subject[], { contents }: Understood): Subject[][] {
  const runs: Subject[][] = []
  for (const column of Map.groupBy(
    anchors,
    ({ plane, x }) => `${plane.page}/${Math.round(x / 60)}`,
  ).values()) {
    let last: Subject | undefined
    for (const each of column) {
      const isNext =
        last && each.line.y - last.line.y < 2.2 * each.line.size && !hasFigures(last, each, contents)
      if (isNext) runs.at(-1)!.push(each)
      else runs.push([each])
      last = each
    }
  }
  return runs
}

/** Whether figures stand beside or below a name before the next one. */
function hasFigures(from: Subject, to: Subject, contents: Understood['contents']): boolean {
  const { lines } = from.plane
  for (let at = lines.indexOf(from.line); lines[at] && lines[at] !== to.line; at += 1)
    for (const segment of lines[at]!.segments)
      if (segment.x0 >= from.x - 5 && segment.x0 < from.x + 150 && contents.get(segment)!.values.length > 0)
        return true
  return false
}

const firstOnLine: Choice = (anchors) =>
  [...Map.groupBy(anchors, ({ line }) => line).values()].map((list) =>
    list.reduce((a, b) => (b.x < a.x ? b : a)),
  )

/** The strategies, by name. */
const choices: Record<string, Choice> = {
  all: (anchors) => anchors,
  firstOnLine,
  lastOnLine: (anchors) =>
    [...Map.groupBy(anchors, ({ line }) => line).values()].map((list) =>
      list.reduce((a, b) => (b.x > a.x ? b : a)),
    ),
  firstOfRun: (anchors, document) => runsOf(anchors, document).map((run) => run[0]!),
  lastOfRun: (anchors, document) => runsOf(anchors, document).map((run) => run.at(-1)!),
  deepest: (anchors, document, context) =>
    runsOf(anchors, document).flatMap((run) => {
      const isAncestor = (one: Subject) =>
        run.some((other) => other !== one && other.candidates.some((at) => isAbove(one, at, context)))
      const own = run.filter((each) => !isAncestor(each))
      return own.length > 0 ? own.slice(0, 1) : run.slice(0, 1)
    }),
  commonFont: (anchors) => {
    const fonts = [...Map.groupBy(anchors, ({ segments }) => segments[0]!.words[0]!.font).values()]
    const covers = (list: Subject[]) => new Set(list.flatMap(({ candidates }) => candidates)).size
    return fonts.reduce((best, list) => (covers(list) > covers(best) ? list : best), [])
  },
}

function isAbove({ candidates }: Subject, at: number, { ancestors }: ExpectedFigures): boolean {
  return candidates.some((above) => ancestors[at]!.includes(above))
}

/** The sets of anchors that a document may have, each once. */
export function anchorSets(document: Understood, context: ExpectedFigures): Map<string, Subject[]> {
  const kinds = document.mentions.some(({ kind }) => kind === 'name') ? 'name' : 'id'
  const subjects = Map.groupBy(document.subjects, ({ segments }) => segments[0]!)
  const all = document.mentions
    .filter(({ kind }) => kind === kinds)
    .map((each) => anchorOf(each, document.contents, subjects))
  const order = new Map<Line, number>(document.lines.map((line, at) => [line, at]))
  all.sort((a, b) => order.get(a.line)! - order.get(b.line)! || a.x - b.x)
  const found = new Map([['labelled', document.subjects]])
  const seen = new Set<string>()
  const index = new Map(all.map((each, at) => [each, at]))
  for (const [name, choose] of Object.entries(choices)) {
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
  chosen: Subject[],
  { mentions, contents }: Understood,
  context: ExpectedFigures,
): Subject[] {
  const anchors = chosen.map((each): Subject => ({ ...each, parents: [] }))
  const taken = new Set(anchors.flatMap(({ segments }) => segments))
  const references = mentions
    .filter(({ kind, stretches }) => kind === 'name' && !taken.has(stretches[0].segment))
    .map((mention) => draft(mention, contents))
  relate(anchors, references, context)
  return anchors
}

/** A mention as an anchor, with the identifiers and ancestors that stand beside it. */
function anchorOf(
  mention: Mention,
  contents: Understood['contents'],
  subjects: Map<Segment, Subject[]>,
): Subject {
  const { box, first, last, after } = draft(mention, contents)
  const known = subjects.get(first.segment)?.find(({ candidates }) => candidates === mention.candidates)
  const { line } = first.segment
  return {
    plane: line.plane,
    box,
    segments: [...new Set(mention.stretches.map(({ segment }) => segment))],
    candidates: mention.candidates,
    ids: known?.ids ?? (mention.kind === 'id' ? mention.candidates : []),
    parents: known?.parents ?? [],
    text: textOf(first.segment.words.slice(first.from, first.to + 1)),
    mark: last ? /^\s*(?:[:;,]|\S*)/u.exec(after)![0].trim() : '',
    line,
    order: 0,
    x: box.x0,
  }
}

import type { Segment } from '../../pages/page.ts'
import { headOwners } from './head-owners.ts'
import { headingsAmong, introduced, strangersIn, styledStrangers, sumsIn } from './name-places.ts'
import type { Layout, Owned, Territory } from './ownership.ts'
import type { Region } from './regions.ts'
import type { Subject } from './subjects.ts'
import type { Content, Value } from './values.ts'

/** Gives every value of a part of a page its owner in one layout; `before` are the names of the part before it. */
export function divideOne(
  region: Region,
  subjects: Subject[],
  known: Subject[],
  contents: Map<Segment, Content>,
  layout: Layout,
  before: Subject[],
  isLabel: (text: string) => boolean,
  isRecurring: (text: string) => boolean,
): Territory {
  const { plane, lines } = region
  const splits = splitsOf(subjects, layout.columns)
  const columnOf = (x: number) => splits.filter((split) => x >= split).length
  const values = lines.flatMap((line) => line.segments.flatMap((segment) => contents.get(segment)!.values))
  if (layout.mode === 'column') {
    const ownerOf = headOwners(values, [...subjects, ...known], before)
    const owned = values.map((value) => ({ value, owner: ownerOf(value), carried: false }))
    return { plane, layout, owned, strangers: [] }
  }
  const columns: Subject[][] = Array.from({ length: splits.length + 1 }, () => [])
  for (const subject of subjects) columns[columnOf(subject.x)]!.push(subject)
  const headings = headingsAmong(subjects, contents)
  const found = [
    ...introduced(region, subjects, contents, isLabel),
    ...(layout.mode === 'row'
      ? columns.flatMap((own, at) =>
          strangersIn(region, without(own, headings), contents, (x) => columnOf(x) === at, isLabel),
        )
      : []),
    ...styledStrangers(region, layout.mode === 'row' ? headings : subjects, contents, isLabel),
    ...(layout.mode === 'block' || headings.length === subjects.length
      ? sumsIn(region, subjects, contents, isRecurring)
      : []),
  ]
  const taken = new Set([...known, ...subjects].flatMap(({ segments }) => segments))
  const named = new Set(
    layout.mode === 'row' ? subjects.map(({ line, x }) => `${line.y}/${columnOf(x)}`) : [],
  )
  const strangers = [
    ...known.filter(({ line, x }) => !named.has(`${line.y}/${columnOf(x)}`)),
    ...found.filter(({ segments }) => !taken.has(segments[0]!)),
  ]
  for (const stranger of strangers) columns[columnOf(stranger.x)]!.push(stranger)
  let last = before.at(-1) ?? null
  const finders = columns.map((own) => {
    const sorted = own.sort((a, b) => a.box.y0 - b.box.y0 || a.x - b.x)
    const carry = last
    last = sorted.at(-1) ?? last
    return finder(sorted, layout, carry)
  })
  const owned = values.map((value) => ({ value, ...finders[columnOf(value.x0)]!(value) }))
  return { plane, layout, owned, strangers }
}

function splitsOf(subjects: Subject[], columns: number): number[] {
  if (columns === 1) return []
  const xs = [...new Set(subjects.map(({ x }) => Math.round(x)))].sort((a, b) => a - b)
  const gaps = xs.slice(1).map((x, at) => ({ x, gap: x - xs[at]! }))
  return gaps
    .filter(({ gap }) => gap > 60)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, columns - 1)
    .map(({ x }) => x - 5)
    .sort((a, b) => a - b)
}

type Found = Pick<Owned, 'owner' | 'carried'>

function without(subjects: Subject[], others: Subject[]): Subject[] {
  return others.length === 0 ? subjects : subjects.filter((each) => !others.includes(each))
}

function finder(sorted: Subject[], layout: Layout, carry: Subject | null): (value: Value) => Found {
  const nobody: Found = { owner: carry && carry.candidates.length > 0 ? carry : null, carried: true }
  const last = (holds: (subject: Subject, at: number) => boolean): Found => {
    // Subjects are sorted by place: those that hold come first.
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(sorted[middle]!, middle)) low = middle + 1
      else high = middle
    }
    return low > 0 ? { owner: sorted[low - 1]!, carried: false } : nobody
  }
  if (layout.mode === 'block') {
    const reading = [...sorted].sort((a, b) => a.line.y - b.line.y || a.x - b.x)
    sorted = reading
    return (value) =>
      last((subject) => {
        const drop = value.line.y - subject.line.y
        return Math.abs(drop) < 0.3 * value.line.size ? subject.x < value.x0 : drop > 0
      })
  }
  const bounds = sorted.map((subject, at) => {
    const previous = sorted[at - 1]
    const rule = layout.align === 'ruled' ? ruleAbove(subject) : undefined
    if (rule !== undefined) return rule
    if (layout.align === 'top' || layout.align === 'ruled') return subject.box.y0 - 0.15 * subject.line.size
    if (!previous) return firstBound(subject, sorted[1])
    if (layout.align === 'bottom') return previous.box.y1
    return (previous.box.y1 + subject.box.y0) / 2
  })
  return (value) => last((_, at) => value.y >= bounds[at]!)
}

/** The nearest line drawn across the page, or edge of a filled cell, above a name. */
function ruleAbove({ plane, box, line }: Subject): number | undefined {
  let nearest: number | undefined
  for (const rule of plane.rules) {
    if (rule.x1 - rule.x0 < 8 || rule.x0 > box.x1 || rule.x1 < box.x0) continue
    for (const y of [rule.y0, rule.y1])
      if (y < box.y0 + 0.3 * line.size && (nearest === undefined || y > nearest)) nearest = y
  }
  return nearest !== undefined && box.y0 - nearest < 12 * line.size ? nearest : undefined
}

/** The first row reaches as far above its name as below it. */
function firstBound({ box, line }: Subject, next: Subject | undefined): number {
  const reach = next ? Math.min((next.box.y0 - box.y1) / 2, 4 * line.size) : 0
  return box.y0 - Math.max(0.15 * line.size, reach)
}

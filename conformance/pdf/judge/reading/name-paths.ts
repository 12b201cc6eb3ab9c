import type { Line, Segment } from '../../pages/page.ts'
import { reference } from '../vocabulary/vocabulary.ts'
import { type AnchorCandidate, related } from './anchor-candidates.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Content } from './values.ts'

/** "Europe › Paris", "Paris (Europe)", "Paris, part of Europe": one anchor with its ancestors beside it. */
export function joinPaths(
  anchorCandidates: AnchorCandidate[],
  contents: Map<Segment, Content>,
  facts: ExpectedFigures,
): void {
  const names = anchorCandidates.filter(({ mention }) => mention.kind === 'name')
  const before = namesBefore(names)
  const separators = new Set<string>()
  for (const two of names) {
    const one = before.get(two)
    if (!one) continue
    const between = textBetween(one, two, contents)
    if (between === null) continue
    const down = related(one, two, facts)
    const up = related(two, one, facts)
    if (down && !/\p{L}|\d/u.test(between) && /[›>/→»|\\:·•—–-]/u.test(between)) {
      separators.add(between.trim())
      one.refers = true
      two.parents.push(...one.parents, one.mention.candidates)
      two.also.push(one, ...one.also)
      two.before = one.before
    } else if (up && (reference.test(between) || /^\s*[(,\-–—/·<«‹←|]\s*$/u.test(between))) {
      two.refers = true
      one.parents.push(two.mention.candidates)
    }
  }
  // Where names are paths, one that goes on with unknown words is on the way to somebody unknown.
  for (const each of names) {
    const separator = [...separators].find((mark) => each.after.trimStart().startsWith(mark))
    if (separator && /^\s*(?:$|[^\s\d])/u.test(each.after.trimStart().slice(separator.length)))
      each.refers = true
  }
}

/** The name that is read before each: in the same segment, or last in one of the lines right above it. */
function namesBefore(names: AnchorCandidate[]): Map<AnchorCandidate, AnchorCandidate> {
  const endsIn = Map.groupBy(names, ({ last }) => last.segment.line)
  const index = new Map<Line, number>()
  const linesAbove = (line: Line): Line[] => {
    const { lines } = line.layer
    if (!index.has(line)) for (const [at, each] of lines.entries()) index.set(each, at)
    const at = index.get(line)!
    return lines.slice(Math.max(0, at - 4), at).reverse()
  }
  const latest = (found: AnchorCandidate[]) =>
    found.reduce<AnchorCandidate | undefined>((a, b) => (a && a.last.end > b.last.end ? a : b), undefined)
  const before = new Map<AnchorCandidate, AnchorCandidate>()
  for (const each of names) {
    const { segment, start } = each.first
    const beside = latest(
      (endsIn.get(segment.line) ?? []).filter(({ last }) => last.segment === segment && last.end <= start),
    )
    const above = linesAbove(segment.line)
      .filter(({ y, size }) => segment.line.y - y < 1.8 * size)
      .map((line) => {
        const aligned = (endsIn.get(line) ?? []).filter(
          ({ last }) => Math.abs(segment.x0 - last.segment.x0) <= 3 * line.size,
        )
        const nearest = aligned.reduce<Segment | undefined>((a, { last }) => {
          const isNearer = !a || Math.abs(segment.x0 - last.segment.x0) < Math.abs(segment.x0 - a.x0)
          return isNearer ? last.segment : a
        }, undefined)
        return latest(aligned.filter(({ last }) => last.segment === nearest))
      })
    const found = beside ?? above.find((one) => one !== undefined)
    if (found) before.set(each, found)
  }
  return before
}

function textBetween(
  one: AnchorCandidate,
  two: AnchorCandidate,
  contents: Map<Segment, Content>,
): string | null {
  const from = one.last.segment
  const to = two.first.segment
  const text = (segment: Segment) => contents.get(segment)!.text
  if (from === to) return text(from).slice(one.last.end, two.first.start)
  const drop = to.line.y - from.line.y
  const em = from.line.size
  if (drop <= 0 || drop > 1.8 * em || Math.abs(to.x0 - from.x0) > 3 * em) return null
  const between = `${text(from).slice(one.last.end)} ${text(to).slice(0, two.first.start)}`
  return between.trim() ? between : null
}

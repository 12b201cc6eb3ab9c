import { reference, summary } from '../vocabulary/vocabulary.ts'
import { type AnchorCandidate, candidatesOf, linesOf, related } from './anchor-candidates.ts'
import type { ExpectedFigures } from './expectation.ts'

/** Names that stand beside or behind those of their descendants, or behind words that say so, say where these belong. */
export function markReferences(
  kinds: Map<string, AnchorCandidate[]>,
  anchorCandidates: AnchorCandidate[],
  facts: ExpectedFigures,
): void {
  const position = new Map(anchorCandidates.map((each, at) => [each, at]))
  const onLines = Map.groupBy(
    anchorCandidates.flatMap((each) => linesOf(each).map((line) => ({ line, each }))),
    ({ line }) => line,
  )
  /** How many names of other kinds, references apart, may mean each organization. */
  const elsewhere = new Map<number, number>()
  const count = (names: AnchorCandidate[], step: 1 | -1) => {
    for (const { mention } of names)
      for (const at of mention.candidates) elsewhere.set(at, (elsewhere.get(at) ?? 0) + step)
  }
  const isName = ({ mention, refers }: AnchorCandidate) => mention.kind === 'name' && !refers
  count(anchorCandidates.filter(isName), 1)
  for (const list of kinds.values()) {
    const head = list[0]!
    if (head.mention.kind === 'id') continue
    const worded = /\p{L}/u.test(head.before)
    count(list, -1)
    const own = [...candidatesOf(list)].filter((at) => elsewhere.get(at) === 0).length
    const votes = list.filter((each) => {
      // A path says whose part it is about by itself.
      if (each.also.length > 0) return false
      const beside = linesOf(each)
        .flatMap((line) => onLines.get(line)!.map(({ each: other }) => other))
        .filter((other) => other !== each && isName(other))
      if (beside.some((other) => related(each, other, facts))) return true
      const before = anchorCandidates[position.get(each)! - 1]
      return worded && before !== undefined && related(each, before, facts)
    }).length
    const says = worded && (reference.test(head.before) || summary.test(head.before))
    const shows =
      votes >= 0.8 * list.length && list.length > 1 && own <= Math.max(1, 0.1 * facts.organizations.length)
    if (says || (shows && (worded || list.length > 2))) for (const each of list) each.refers = true
    else count(list, 1)
  }
}

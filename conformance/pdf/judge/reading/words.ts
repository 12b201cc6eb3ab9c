import type { Segment } from '../../pages/page.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Headers } from './headers.ts'
import { fold } from './normalize.ts'
import type { Assigned, Placed } from './roles.ts'
import { type Content, place, type Value } from './values.ts'

/** Words that stand where other rows have figures stand for one, whatever their language. */
export function readWords(contents: Map<Segment, Content>, headers: Headers): void {
  const isRow = ({ line }: Segment) =>
    line.segments.some((segment) => {
      const { values, mentions } = contents.get(segment)!
      return mentions.length > 0 || values.length > 0
    })
  const add = (segment: Segment, { text, values }: Content, start: number) => {
    const word = text.slice(start).trimEnd()
    const end = start + word.length
    values.push(place({ kind: 'word', value: null, parts: [], text: word, start, end }, segment))
  }
  for (const [segment, content] of contents) {
    const { text, values, mentions, flow } = content
    if (mentions.length > 0 || flow.text !== text || segment.index === 0) continue
    if (values.length === 0 && /\p{L}/u.test(text) && isRow(segment) && headers.isAmongFigures(segment))
      add(segment, content, 0)
    // `12 / open`: the second part of a ratio.
    const [first] = values
    const second =
      values.length === 1 && first!.kind === 'number' && /^\s*[/∕⁄]\s*(?=\p{L})/u.exec(text.slice(first!.end))
    if (second) add(segment, content, first!.end + second[0].length)
  }
}

/**
 * What an unknown word in place of limits means shows in whose limits it stands for: it says 0 where it stands for 0
 * and never for no limit, the other way round, or nothing for certain.
 */
export function settleWords(
  placed: Placed[],
  roles: Map<string, Assigned>,
  facts: ExpectedFigures,
): Placed[] {
  const uses = new Map<string, { zero: number; none: number; places: Placed[] }>()
  for (const each of placed) {
    const assigned = roles.get(each.slot.id)
    const { value, owner } = each
    if (value.kind !== 'word' || assigned?.role !== 'limit' || !owner || owner.candidates.length === 0)
      continue
    const limits = owner.candidates.map((at) => facts.expected(at, assigned.type, 'limit'))
    const key = fold(value.text)
    const use = uses.get(key) ?? { zero: 0, none: 0, places: [] }
    if (limits.includes(0)) use.zero += 1
    if (limits.includes(null)) use.none += 1
    use.places.push(each)
    uses.set(key, use)
  }
  const kinds = new Map<Placed, Value['kind']>()
  for (const { zero, none, places } of uses.values()) {
    const kind = zero > 0 && none === 0 ? 'zero' : none > 0 && zero < none ? 'unlimited' : null
    if (kind) for (const each of places) kinds.set(each, kind)
  }
  return placed.map((each) => {
    const kind = kinds.get(each)
    return kind ? { ...each, value: { ...each.value, kind } } : each
  })
}

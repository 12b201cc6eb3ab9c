import type { Segment } from '../../pages/page.ts'
import type { ExpectedFigures } from './expectation.ts'
import { Content, place, type Value } from './values.ts'

/** `12 500` is one number, unless the data knows both parts and not the whole, and the report parts no thousands so. */
export function splitNumbers(
  contents: ReadonlyMap<Segment, Content>,
  facts: ExpectedFigures,
): Map<Segment, Content> {
  const all = [...contents.values()].flatMap(({ values }) => values.filter(({ parts }) => parts.length > 0))
  const known = all.filter(({ value }) => facts.isExpectedAnywhere(value!))
  const areThousands = known.length > 2 && known.length > 0.9 * all.length
  const isPart = ({ value, start, end }: Value['parts'][number]) =>
    String(value).length === end - start && facts.isExpectedAnywhere(value)
  const isSplit = ({ value, parts }: Value) =>
    parts.length > 0 && !facts.isExpectedAnywhere(value!) && parts.every(isPart)
  const result = new Map(contents)
  const split = new Set(areThousands ? [] : all.filter(isSplit).map(({ segment }) => segment))
  for (const segment of split) {
    const content = contents.get(segment)!
    const values = content.values.flatMap((value) => (isSplit(value) ? partsOf(value, content) : value))
    result.set(segment, new Content(segment, content.mentions, values))
  }
  return result
}

function partsOf({ parts, ...whole }: Value, { text, segment }: Content): Value[] {
  return parts.map(({ value, start, end }) =>
    place({ ...whole, value, text: text.slice(start, end), parts: [], start, end }, segment),
  )
}

import type { ExpectedFigures } from './expectation.ts'
import { Content, type Contents, replaced, Value } from './values.ts'

/** `12 500` is one number, unless the data knows both parts and not the whole, and the report parts no thousands so. */
export function splitNumbers(contents: Contents, facts: ExpectedFigures): Contents {
  const all = [...contents.values()].flatMap(({ values }) => values.filter(({ parts }) => parts.length > 0))
  const known = all.filter(({ value }) => facts.isExpectedAnywhere(value!))
  const areThousands = known.length > 2 && known.length > 0.9 * all.length
  const isPart = ({ value, start, end }: Value['parts'][number]) =>
    String(value).length === end - start && facts.isExpectedAnywhere(value)
  const isSplit = ({ value, parts }: Value) =>
    parts.length > 0 && !facts.isExpectedAnywhere(value!) && parts.every(isPart)
  const split = new Set(areThousands ? [] : all.filter(isSplit).map(({ segment }) => segment))
  return replaced(
    contents,
    [...split].map((segment) => {
      const { values, mentions } = contents.get(segment)!
      const parted = values.flatMap((value) => (isSplit(value) ? partsOf(value) : value))
      return new Content(segment, mentions, parted)
    }),
  )
}

function partsOf({ kind, parts, segment }: Value): Value[] {
  return parts.map(({ value, start, end }) => {
    const text = segment.text.slice(start, end)
    return new Value({ kind, value, parts: [], text, start, end }, segment)
  })
}

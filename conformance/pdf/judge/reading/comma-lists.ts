import type { Line, Segment } from '../../pages/page.ts'

/** Fewer fields may be words and figures of a sentence; so few lines of them are no list. */
const fewestFields = 4
const fewestLines = 3

/** Lines of values that commas part, as in exports: several with as many fields, each a whole number or words. */
export function commaListsIn(lines: Line[]): Set<Segment> {
  const found = new Map<number, Segment[]>()
  for (const { segments } of lines)
    for (const segment of segments) {
      const { length } = fieldsOf(segment.text)
      if (length > 0) found.set(length, [...(found.get(length) ?? []), segment])
    }
  return new Set([...found.values()].filter((own) => own.length >= fewestLines).flat())
}

/** Empty where commas part thousands, decimals or words of a sentence. */
function fieldsOf(text: string): string[] {
  if (!/,\S/.test(text)) return []
  const [, ...fields] = text.replace(/"[^"]*"/g, '').split(',')
  const areFields = fields.every((field) => /^(?:\d+|[^\d\s]\D*|)$/.test(field))
  const numbers = fields.filter((field) => /\d/.test(field))
  return areFields && numbers.length > 0 && fields.length + 1 >= fewestFields ? fields : []
}

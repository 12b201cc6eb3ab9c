import type { Element } from './element.ts'

/** JSON with sorted keys: equal values have equal text. */
export const canonical = (value: unknown): string | undefined =>
  JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

/** Those of the fields, and of all extensions, whose first values in the two lists differ. */
export function changedFields(base: Element[], head: Element[], fields: string[]): string[] {
  const extensions = [...base, ...head].flatMap(({ value }) =>
    typeof value === 'object' && value ? Object.keys(value).filter((key) => key.startsWith('x-')) : [],
  )
  const first = (elements: Element[], field: string) =>
    canonical(elements.find((element) => element.has(field))?.read(field))
  return [...new Set([...fields, ...extensions])].filter((field) => first(base, field) !== first(head, field))
}

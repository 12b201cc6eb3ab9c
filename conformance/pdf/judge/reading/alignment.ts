import type { Ownership } from './ownership.ts'

/** Where names stand in the middle of several lines the first such name has figures above it, at the bottom the last none below. */
export function isWhereNamesStand({ layout: { align }, owned }: Ownership): boolean {
  if (align !== 'middle' && align !== 'bottom') return true
  const byOwner = Map.groupBy(
    owned.filter(({ owner, carried }) => owner && !carried),
    ({ owner }) => owner!,
  )
  // A single name has no rows that would tell.
  if ([...byOwner.keys()].filter(({ candidates }) => candidates.length > 0).length < 2) return false
  const sorted = [...byOwner].sort(([one], [other]) => one.box.y0 - other.box.y0)
  if (align === 'bottom') {
    const [last, values] = sorted.at(-1) ?? []
    return !values?.some(({ value }) => value.y > last!.box.y1)
  }
  const [first, values] =
    sorted.find(([, list]) => new Set(list.map(({ value }) => value.line)).size > 1) ?? []
  return values?.some(({ value }) => value.y < first!.box.y0) ?? false
}

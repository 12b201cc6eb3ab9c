/** Levenshtein distance of two lists, with `cost` of replacing one item by another. */
export function editDistance<T>(from: T[], to: T[], cost: (a: T, b: T) => number): number {
  let row = to.map((_, index) => index + 1)
  row.unshift(0)
  for (const [index, item] of from.entries()) {
    const next = [index + 1]
    for (const [column, other] of to.entries()) {
      next.push(Math.min(row[column + 1]! + 1, next[column]! + 1, row[column]! + cost(item, other)))
    }
    row = next
  }
  return row.at(-1)!
}

/** How many letters have to be added, taken away or replaced to make one text the other. */
export const letterDistance = (one: string, other: string): number =>
  editDistance([...one], [...other], (a, b) => (a === b ? 0 : 1))

/** Pairs of what stayed, what is gone and what has come. */
export interface Matched<T> {
  matches: [before: T, after: T][]
  gone: T[]
  come: T[]
}

/** Pairs items by each rule in turn: what one has not paired is left to the next. */
export function matchInTurn<T>(
  before: readonly T[],
  after: readonly T[],
  rules: ((was: T, is: T) => boolean)[],
): Matched<T> {
  const matches: [T, T][] = []
  const come = new Set(after)
  let gone = [...before]
  for (const belong of rules)
    gone = gone.filter((was) => {
      const is = [...come].find((candidate) => belong(was, candidate))
      if (is === undefined) return true
      matches.push([was, is])
      come.delete(is)
      return false
    })
  return { matches, gone, come: [...come] }
}

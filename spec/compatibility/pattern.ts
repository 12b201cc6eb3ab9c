/**
 * Whether a text matches a pattern as a whole: `*` stands for any run of characters without `/`, `**` for any run.
 * Takes time in proportion to the product of both lengths, whatever the pattern.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\*\*|./gsu) ?? []
  const isWildcard = (index: number) => tokens[index] === '*' || tokens[index] === '**'
  /** Adds what is reached without reading a character: a wildcard may stand for nothing. */
  const withEmptyRuns = (states: Set<number>) => {
    for (const state of states) if (isWildcard(state)) states.add(state + 1)
    return states
  }
  let states = withEmptyRuns(new Set([0]))
  for (const character of text) {
    const next = new Set<number>()
    for (const state of states) {
      const token = tokens[state]
      if (token === '**' || (token === '*' && character !== '/')) next.add(state)
      else if (token === character) next.add(state + 1)
    }
    states = withEmptyRuns(next)
  }
  return states.has(tokens.length)
}

/** Of a list with a million entries, each may be wrong. */
const mostNamed = 20

/** Reasons as one text, each once; of many, the first ones and how many there are beside. */
export function joinReasons(reasons: Iterable<string>): string {
  const distinct = [...new Set(reasons)]
  const left = distinct.length - mostNamed
  return [...distinct.slice(0, mostNamed), ...(left > 0 ? [`and ${left} more`] : [])].join('; ')
}

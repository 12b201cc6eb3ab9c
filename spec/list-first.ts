/** Of a list with a million entries, each may be wrong. */
const mostNamed = 30

const longest = 1000

/** Texts as one, each once; of many, the first ones and how many there are beside; of a long one, its beginning. */
export function listFirst(texts: Iterable<string>, separator: string): string {
  const distinct = [...new Set(texts)]
  const named = distinct
    .slice(0, mostNamed)
    .map((text) => (text.length > longest ? `${text.slice(0, longest)}…` : text))
  const left = distinct.length - named.length
  return [...named, ...(left > 0 ? [`and ${left} more`] : [])].join(separator)
}

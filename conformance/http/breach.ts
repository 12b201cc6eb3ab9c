/** A breach of HTTP's message syntax or framing, in words. `section` is of RFC 9112. */
export interface Breach {
  section: string
  message: string
}

const mostOfSection = 5

/** The first few breaches of each section: a hostile message has thousands, and the messages of a run are kept. */
export function firstOfSections(breaches: Breach[]): Breach[] {
  const counts = new Map<string, number>()
  return breaches.filter(({ section }) => {
    const count = (counts.get(section) ?? 0) + 1
    counts.set(section, count)
    return count <= mostOfSection
  })
}

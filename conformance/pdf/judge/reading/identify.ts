import { archivedHead, everythingHead, summary } from '../vocabulary/vocabulary.ts'
import type { ExpectedFigures } from './expectation.ts'
import type { Passage } from './passages.ts'

/** Settles who a passage is about where several organizations share its name. */
export function identify(passages: Passage[], facts: ExpectedFigures): void {
  const groups = Map.groupBy(passages, ({ anchor }) => anchor.candidates.toSorted((a, b) => a - b).join())
  const sections = new Sections(passages)
  for (const list of groups.values()) {
    const repeats = new Set(families(list, sections).flatMap((family) => assign(family, facts)))
    const wholes = Map.groupBy(
      list.filter((passage) => !repeats.has(passage)),
      ({ organization }) => organization,
    )
    for (const passage of repeats) {
      const known = wholes.get(passage.organization) ?? []
      passage.repeats = !known.some((whole) => isPart(passage, whole, sections))
    }
  }
}

/** An overview and its details speak of the same organizations; parts of one list do not. */
class Sections {
  readonly #members = new Map<string, Set<string>>()
  readonly #parts = new Map<string, boolean>()

  constructor(passages: Passage[]) {
    for (const { section, anchor } of passages) {
      const members = this.#members.get(section) ?? new Set()
      this.#members.set(section, members.add(anchor.candidates.join()))
    }
  }

  /** How many organizations a section names. */
  sizeOf(title: string): number {
    return this.#members.get(title)!.size
  }

  areParts(one: string, two: string): boolean {
    if (one === two) return true
    const key = `${one}\n${two}`
    const known = this.#parts.get(key) ?? this.#compare(one, two)
    this.#parts.set(key, known)
    return known
  }

  #compare(one: string, two: string): boolean {
    const [archived, list] = archivedHead.test(one) ? [one, two] : [two, one]
    // No organization is archived and in use, but lists of all of them, and extracts, name it as well.
    if (archivedHead.test(archived) && !archivedHead.test(list))
      return !everythingHead.test(list) && !this.#isExtract(list, archived)
    const [a, b] = [this.#members.get(one)!, this.#members.get(two)!]
    const least = Math.min(a.size, b.size)
    return least > 2 && [...a].filter((each) => b.has(each)).length < 0.5 * least
  }

  /** Whether other sections name all that it does. */
  #isExtract(title: string, archived: string): boolean {
    const others = [...this.#members].filter(([other]) => other !== title)
    return [...this.#members.get(title)!].every((each) =>
      others.some(
        ([other, members]) => (other === archived || !archivedHead.test(other)) && members.has(each),
      ),
    )
  }
}

/**
 * Passages that show the same figures compete for the organizations; those that show others complete each other. Words
 * beside numbers may say the same of several figures.
 */
function families(list: Passage[], sections: Sections): Passage[][] {
  const families: Passage[][] = []
  for (const passage of list) {
    const figures = new Set(telling(passage).map(figureKey))
    const competes = (other: Passage) =>
      sections.areParts(passage.section, other.section) &&
      telling(other).some((each) => figures.has(figureKey(each)))
    const known = families.find((family) => family.some(competes))
    if (known) known.push(passage)
    else families.push([passage])
  }
  return families
}

/** Its numbers, or its words where it has none. */
function telling({ values }: Passage): Passage['values'] {
  const numbers = values.filter(({ value }) => value.kind === 'number')
  return numbers.length > 0 ? numbers : values
}

/** The same figure under another head is an overview's, not the row's again. */
const figureKey = ({ assigned: { type, role }, cellAddress }: Passage['values'][number]) =>
  `${type}|${role}|${cellAddress.near ? '' : cellAddress.place.replace(/#\d+$/, '')}`

/** Returns those for which no organization is left, and which are about one that others are about already. */
function assign(passages: Passage[], facts: ExpectedFigures): Passage[] {
  const { candidates } = passages[0]!.anchor
  const pairs = passages.flatMap((passage) =>
    candidates.map((at) => ({
      passage,
      at,
      score: agreement(passage, at, facts),
    })),
  )
  pairs.sort((a, b) => b.score - a.score)
  const taken = new Set<number>()
  for (const { passage, at } of pairs) {
    if (passage.organization !== null || taken.has(at)) continue
    passage.organization = at
    taken.add(at)
  }
  return passages.filter((passage) => {
    if (passage.organization !== null) return false
    const best = pairs.find((pair) => pair.passage === passage)
    // A line of sums is no second line of an organization that is called "Total".
    if (summary.test(passage.anchor.text) && (best?.score ?? 0) < 0) return false
    passage.organization = best?.at ?? null
    return true
  })
}

/** Share of the figures of a whole record below which a place shows only some of them. */
const partOfRecord = 0.5

/** A few figures of an organization beside its whole record: a list of the largest, say, that does not name them all. */
function isPart({ section, values }: Passage, whole: Passage, sections: Sections): boolean {
  return (
    values.length < partOfRecord * whole.values.length &&
    (section === whole.section || sections.sizeOf(section) < sections.sizeOf(whole.section))
  )
}

/** How well a passage fits an organization: an identifier decides, then ancestors named beside it, then figures. */
function agreement({ anchor, values }: Passage, at: number, facts: ExpectedFigures): number {
  let score = facts.likeness(values, at)
  if (anchor.ids.length > 0) score += anchor.ids.includes(at) ? 1000 : -1000
  const above = facts.ancestors[at]!
  for (const parents of anchor.parents) score += parents.some((parent) => above.includes(parent)) ? 100 : -100
  if (anchor.parents.length > 0 && above.length > 0) {
    const nearest = anchor.parents.some((parents) => parents.includes(above[0]!))
    if (nearest) score += 20
    if (anchor.parents.length === above.length) score += 10
  }
  return score
}

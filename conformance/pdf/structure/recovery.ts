import { mostTrailers } from '../limits.ts'
import type { Budget } from './budget.ts'
import type { Entry } from './cross-reference.ts'
import type { PdfObjects } from './objects.ts'
import { parseIndirect, parseValue } from './parser.ts'
import type { Definition } from './scan.ts'
import { type Dictionary, dictionaryOf, isName, Stream } from './values.ts'

/** The entries, and one for each other object that a scan found; of several definitions the last holds, as for readers. */
export function withScanned(entries: Map<number, Entry>, definitions: Definition[]): Map<number, Entry> {
  const all = new Map(entries)
  for (const { number, offset, generation } of definitions)
    if (!entries.has(number)) all.set(number, { kind: 'offset', offset, generation })
  return all
}

/** Adds the objects of all object streams that the scan found. */
export function indexObjectStreams(objects: PdfObjects): void {
  for (const [container, entry] of [...objects.entries]) {
    if (entry.kind !== 'offset') continue
    const { places = [] } = objects.objectStream(container) ?? {}
    for (let index = 0; 2 * index + 1 < places.length; index += 1) {
      const number = places[2 * index]!
      if (!objects.entries.has(number)) objects.entries.set(number, { kind: 'compressed', container, index })
    }
  }
}

/** A trailer with a /Root: the last one in the file, a cross-reference stream's, or one made up for the catalog. */
export function recoverTrailer(
  text: string,
  definitions: Definition[],
  budget: Budget,
): Dictionary | undefined {
  let before = text.length
  for (let tries = 0; tries < mostTrailers && before >= 0; tries++) {
    const at = text.lastIndexOf('trailer', before)
    if (at < 0) break
    const { value } = parseValue(text, at + 'trailer'.length, budget)
    if (value instanceof Map && value.has('Root')) return value
    before = at - 1
  }
  for (const { offset } of definitions.toReversed()) {
    if (!budget.readSyntax(0)) break
    const value = parseIndirect(text, offset, budget)?.value
    if (
      value instanceof Stream &&
      isName(value.dictionary.get('Type'), 'XRef') &&
      value.dictionary.has('Root')
    ) {
      return value.dictionary
    }
  }
  return undefined
}

/** The catalog wherever it is, for files whose trailer is lost. */
export function findCatalog(objects: PdfObjects): Dictionary | undefined {
  for (const number of objects.entries.keys()) {
    const dictionary = dictionaryOf(objects.read(number))
    if (isName(dictionary?.get('Type'), 'Catalog') && dictionary?.has('Pages')) return dictionary
  }
  return undefined
}

import { remembered } from '../../remembered.ts'
import { fold } from '../reading/normalize.ts'
import { wholeWord } from './phrases.ts'
import { typeWords } from './type-words.ts'
import { type Figure, figureWords } from './vocabulary.ts'

const figures = figureWords.map(([figure, words]): [Figure, RegExp] => [figure, wholeWord(words, 'giu')])

/** What a label names. */
interface Reading {
  types: Hit<string>[]
  figures: Hit<Figure>[]
}

/** Readings that are kept: the labels of a report are few, its names are not. */
const mostKnown = 10_000

/** Finds in labels which product type and which figure they name. */
export class Labels {
  readonly #types: [string, RegExp][]
  readonly #figures = figures
  /** Figures of signs, which may stand for a type as well. */
  readonly #signs: [Figure, RegExp][] = []
  #read = this.#remembering()
  #opening: RegExp

  constructor(types: string[]) {
    this.#types = types.map((type) => {
      const own = fold(type).replace(/[^\p{L}\p{N}]+/gu, '[ _-]?')
      const spaced = fold(type.replace(/([a-z])([A-Z])/g, '$1 $2')).replace(/[^\p{L}\p{N}]+/gu, '[ _-]?')
      const singular = own.endsWith('s') ? `${own}?` : `${own}s?`
      return [type, wholeWord([singular, spaced, typeWords(type)].filter(Boolean).join('|'), 'giu')]
    })
    this.#opening = this.#anyAtStart()
  }

  /** Takes a sign, or a word of the report's own, for what its legend says. */
  learn(sign: string, meaning: string): void {
    const { types, figures: said } = this.read(meaning)
    const pattern = wholeWord(fold(sign).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
    for (const { what } of types.slice(0, 1)) this.#types.push([what, pattern])
    for (const { what } of said.slice(0, 1)) this.#signs.push([what, pattern])
    this.#read = this.#remembering()
    this.#opening = this.#anyAtStart()
  }

  read(label: string): Reading {
    return this.#read(label)
  }

  #remembering(): (label: string) => Reading {
    return remembered((label) => {
      const text = fold(label)
      const types = longestFirst(this.#types.flatMap(([type, pattern]) => hits(text, type, pattern)))
      const inTypes = (hit: Hit<Figure>) => types.some((type) => hit.start < type.end && type.start < hit.end)
      const figures = [
        ...this.#signs.flatMap(([figure, pattern]) => hits(text, figure, pattern)),
        ...this.#figures
          .flatMap(([figure, pattern]) => hits(text, figure, pattern))
          .filter((hit) => !inTypes(hit)),
      ]
      return { types, figures: longestFirst(figures) }
    }, mostKnown)
  }

  typeOf(label: string): string | null {
    return this.read(label).types.at(-1)?.what ?? null
  }

  typesIn(label: string): Set<string> {
    return new Set(this.read(label).types.map(({ what }) => what))
  }

  /** Whether a text is nothing but names of types and figures. */
  isAll(text: string): boolean {
    // Few texts begin with one: the others need no more reading.
    if (!this.#opening.test(fold(text))) return false
    const { types, figures: said } = this.read(text)
    return [...types, ...said].reduce((sum, { start, end }) => sum + end - start, 0) >= text.trim().length
  }

  #anyAtStart(): RegExp {
    const patterns = [...this.#types, ...this.#signs, ...this.#figures]
    return new RegExp(`^(?:${patterns.map(([, { source }]) => source).join('|')})`, 'iu')
  }
}

export interface Hit<T> {
  what: T
  start: number
  end: number
}

function hits<T>(text: string, what: T, pattern: RegExp): Hit<T>[] {
  return [...text.matchAll(pattern)].map((match) => ({
    what,
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function longestFirst<T>(found: Hit<T>[]): Hit<T>[] {
  const kept: Hit<T>[] = []
  for (const hit of found.sort((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => hit.start < other.end && other.start < hit.end)) kept.push(hit)
  }
  return kept.sort((a, b) => a.start - b.start)
}

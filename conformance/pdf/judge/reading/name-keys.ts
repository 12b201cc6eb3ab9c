import { firstBeyond } from '../binary-search.ts'

/** The letters and digits of a name or an identifier, and whose it is: indices of organizations. */
export interface NameKey {
  key: string
  kind: 'name' | 'id'
  candidates: number[]
}

/** The keys that begin with the same letters: so many of them, from which one on, and how long their beginning is. */
export interface KeyRange {
  from: number
  to: number
  length: number
}

/** Sorted keys: those that begin alike stand side by side, without an object for each letter. */
export class NameKeys {
  readonly all: KeyRange
  readonly #keys: NameKey[]
  readonly #firsts = new Map<string, KeyRange | undefined>()

  constructor(keys: NameKey[]) {
    const alike = Map.groupBy(keys, ({ key }) => key)
    this.#keys = [...alike]
      .map(([key, own]): NameKey => {
        const candidates = [...new Set(own.flatMap((each) => each.candidates))]
        return { key, kind: own.at(-1)!.kind, candidates }
      })
      .sort((a, b) => (a.key < b.key ? -1 : 1))
    this.all = { from: 0, to: this.#keys.length, length: 0 }
  }

  /** The keys that begin with a letter. */
  first(letter: string): KeyRange | undefined {
    if (!this.#firsts.has(letter)) this.#firsts.set(letter, this.#search(this.all, letter))
    return this.#firsts.get(letter)
  }

  /** Those of the keys that go on with a letter. */
  narrowed(range: KeyRange, letter: string): KeyRange | undefined {
    return range.length === 0 ? this.first(letter) : this.#search(range, letter)
  }

  /** The key that ends where the beginning of these does. */
  wholeOf({ from, length }: KeyRange): NameKey | undefined {
    const first = this.#keys[from]!
    return first.key.length === length ? first : undefined
  }

  /** The name that alone begins so; undefined where several do, or an identifier. */
  onlyOf({ from, to }: KeyRange): NameKey | undefined {
    const only = this.#keys[from]!
    return to - from === 1 && only.kind === 'name' ? only : undefined
  }

  /** Whether any of the keys is longer than their beginning. */
  goOn(range: KeyRange): boolean {
    return this.#keys[range.to - 1]!.key.length > range.length
  }

  #search({ from, to, length }: KeyRange, letter: string): KeyRange | undefined {
    const end = length + letter.length
    const next = (at: number) => this.#keys[at]!.key.slice(length, end)
    const first = firstBeyond([from, to], (at) => next(at) < letter)
    if (first === to || next(first) !== letter) return undefined
    return { from: first, to: firstBeyond([first, to], (at) => next(at) === letter), length: end }
  }
}

import { codeCount } from './alphanumerics.ts'

/** How many values four codes have: half of a gram. */
export const half = codeCount ** 4

/** Tells in a few instructions, from 2 MiB that stay in the processor's cache, that a gram is not known. */
export class GramFilter {
  #bits = new Uint8Array(2 ** 21)

  /** `first` and `last` are the values of the gram's halves, below {@link half}. */
  add(first: number, last: number): void {
    const hash = hashOf(first, last)
    this.#bits[hash >>> 3]! |= 1 << (hash & 7)
  }

  mayHave(first: number, last: number): boolean {
    const hash = hashOf(first, last)
    return (this.#bits[hash >>> 3]! & (1 << (hash & 7))) !== 0
  }
}

/** 24 bits: multiplicative hashing, by odd numbers near 2³² divided by the golden ratio and by √2. */
const hashOf = (first: number, last: number): number =>
  (Math.imul(first, 0x9e3779b1) ^ Math.imul(last, 0xb504f333)) >>> 8

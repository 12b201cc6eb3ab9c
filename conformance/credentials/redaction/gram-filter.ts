import { codeCount } from './alphanumerics.ts'

/** How many values four codes have: half of a gram. */
export const half = codeCount ** 4

/** Tells in a few instructions, from 2 MiB that stay in the processor's cache, that a gram is not known. */
export class GramFilter {
  #bits = new Uint8Array(2 ** 21)

  add(hash: number): void {
    this.#bits[hash >>> 3]! |= 1 << (hash & 7)
  }

  mayHave(hash: number): boolean {
    return (this.#bits[hash >>> 3]! & (1 << (hash & 7))) !== 0
  }
}

/**
 * The hash of a gram whose halves have these values, below {@link half}. 24 bits: multiplicative hashing, by odd numbers
 * near 2³² divided by the golden ratio and by √2.
 */
export const hashOf = (first: number, last: number): number =>
  (Math.imul(first, 0x9e3779b1) ^ Math.imul(last, 0xb504f333)) >>> 8

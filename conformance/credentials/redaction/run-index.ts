import { type Alphanumerics, alphanumericsOf, codeCount } from './alphanumerics.ts'
import { GramFilter, half, hashOf } from './gram-filter.ts'
import { type Entry, longestRun, type Occurrence, type Run, runOf } from './match.ts'
import { shortestRun, shortestRunOf } from './shortest-run.ts'
import { spellingsOf } from './spellings.ts'

/** Grams of so many codes lead from a text to the secrets that have them; every fourth of a secret is indexed. */
const gramLength = 8
const halfLength = gramLength / 2
const stride = 4

/** The runs of all secrets: finds them in a text in one pass. */
export class RunIndex {
  /** By the hash of their gram. A run has hundreds of thousands: each is linked to the one before it of the same hash. */
  #latest = new Map<number, Occurrence>()
  #filter = new GramFilter()

  /** Whether the secret has runs. One of few letters and digits has none. */
  add(secret: string, publicSize: number, name: string): boolean {
    const folded = alphanumericsOf(secret)
    if (secret.length < shortestRun || folded.length < gramLength + stride) return false
    for (const { text, isPlain } of spellingsOf(secret.slice(publicSize)))
      this.#index(
        isPlain
          ? { name, folded, publicSize, isPlain, shortest: shortestRunOf(secret) }
          : { name, folded: alphanumericsOf(text), publicSize: 0, isPlain, shortest: shortestRun },
      )
    return true
  }

  #index(entry: Entry): void {
    const { codes, starts, length } = entry.folded
    for (let at = 0; at + gramLength <= length; at += stride) {
      if (starts[at + gramLength - 1]! < entry.publicSize) continue
      const hash = hashOf(halfOf(codes, at), halfOf(codes, at + halfLength))
      this.#filter.add(hash)
      this.#latest.set(hash, { entry, at, earlier: this.#latest.get(hash) })
    }
  }

  /** All runs in a text, in order; they do not overlap. */
  find(text: Alphanumerics): Run[] {
    const runs: Run[] = []
    const { codes } = text
    let done = 0
    let first = 0
    let last = 0
    for (let next = 0; next < text.length; next++) {
      first = next < halfLength ? 0 : (first * codeCount + codes[next - halfLength]!) % half
      last = (last * codeCount + codes[next]!) % half
      const at = next + 1 - gramLength
      if (at < done) continue
      const hash = hashOf(first, last)
      const latest = this.#filter.mayHave(hash) ? this.#latest.get(hash) : undefined
      const match = latest && longestRun(text, at, gramLength, latest, done)
      if (!match) continue
      runs.push(runOf(match))
      done = match.to
    }
    return runs
  }
}

function halfOf(codes: Uint8Array, at: number): number {
  let value = 0
  for (let index = at; index < at + halfLength; index++) value = value * codeCount + codes[index]!
  return value
}

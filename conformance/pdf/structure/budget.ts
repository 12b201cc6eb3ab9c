import type { StructureLimits } from '../limits.ts'

/** What reading one file may cost; hostile files make reading stop early, and `reached` says why. */
export class Budget {
  readonly limits: StructureLimits
  readonly reached = new Set<string>()
  #syntax = 0
  #decoded = 0
  #listed = 0

  constructor(limits: StructureLimits) {
    this.limits = limits
  }

  /** False when the allowance for syntax is used up. */
  readSyntax(characters: number): boolean {
    this.#syntax += characters
    if (this.#syntax > this.limits.syntax) this.reached.add('its objects take too long to read')
    return this.#syntax <= this.limits.syntax
  }

  /** False when no further object may be listed. */
  listObject(): boolean {
    if (this.#listed < this.limits.objects) {
      this.#listed++
      return true
    }
    this.reached.add('it lists too many objects')
    return false
  }

  /** Bytes that the next stream may decode to. */
  get nextStream(): number {
    return Math.max(0, Math.min(this.limits.perStream, this.limits.decoded - this.#decoded))
  }

  addDecoded(bytes: number): void {
    this.#decoded += bytes
  }
}

const MiB = 2 ** 20

export interface Limits {
  /** Characters of PDF syntax that may be read, repeated reading included. */
  syntax: number
  /** Bytes that one stream may unfold to. */
  perStream: number
  /** Bytes that all streams together may unfold to. */
  unfolded: number
  /** Objects that all cross-reference sections together may list. */
  objects: number
  depth: number
}

export const defaultLimits: Limits = {
  syntax: 256 * MiB,
  perStream: 64 * MiB,
  unfolded: 256 * MiB,
  objects: 1_000_000,
  depth: 500,
}

/** What reading one file may cost; hostile files make reading stop early, and `reached` says why. */
export class Budget {
  readonly limits: Limits
  readonly reached = new Set<string>()
  #syntax = 0
  #unfolded = 0
  #listed = 0

  constructor(limits: Limits) {
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

  /** Bytes that the next stream may unfold to. */
  get nextStream(): number {
    return Math.max(0, Math.min(this.limits.perStream, this.limits.unfolded - this.#unfolded))
  }

  unfolded(bytes: number): void {
    this.#unfolded += bytes
  }
}

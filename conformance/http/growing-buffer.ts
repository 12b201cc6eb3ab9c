/** Bytes as they arrive, copied together at once: a thousand tiny pieces cost no more than one. */
export class GrowingBuffer {
  #bytes = Buffer.alloc(0)
  length = 0

  add(piece: Uint8Array): void {
    const length = this.length + piece.length
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length, 4096))
      this.#bytes.copy(larger, 0, 0, this.length)
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.length)
    this.length = length
  }

  /** What has arrived so far, not copied. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }
}

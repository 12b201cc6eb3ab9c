/** A least-recently-used cache with a limit in bytes. */
export class ByteCache {
  private readonly entries = new Map<string, Buffer>()
  private readonly limit: number
  private bytes = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get(key: string): Buffer | undefined {
    const found = this.entries.get(key)
    if (found) {
      // A map keeps the order of insertion: inserted again, the entry becomes the most recent.
      this.entries.delete(key)
      this.entries.set(key, found)
    }
    return found
  }

  set(key: string, value: Buffer): void {
    if (value.byteLength > this.limit || this.entries.has(key)) return
    this.entries.set(key, value)
    this.bytes += value.byteLength
    for (const [oldest, { byteLength }] of this.entries) {
      if (this.bytes <= this.limit) break
      this.entries.delete(oldest)
      this.bytes -= byteLength
    }
  }
}

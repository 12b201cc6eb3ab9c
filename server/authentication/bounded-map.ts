/** A map with a limit of entries: the oldest are removed first. */
export class BoundedMap<K, V> extends Map<K, V> {
  private readonly limit: number

  constructor(limit: number) {
    super()
    this.limit = limit
  }

  override set(key: K, value: V): this {
    super.set(key, value)
    for (const oldest of this.keys()) {
      if (this.size <= this.limit) break
      this.delete(oldest)
    }
    return this
  }
}

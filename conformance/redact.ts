/** Shorter strings are no secrets, and replacing them would garble what is written. */
const shortest = 8

/** Replaces every credential of a run, in whatever spelling, by a name. Everything written passes through it. */
export class Redactor {
  #names = new Map<string, string>()
  #pattern: RegExp | undefined

  /** Learns a secret: as it is, percent-encoded, in base64, line by line, each segment of a JWT, each member of a JWK. */
  learn(secret: string, name: string): void {
    if (secret.startsWith('{'))
      for (const [, value] of secret.matchAll(/"([\w-]{16,})"/g)) this.learn(value!, name)
    const base64 = Buffer.from(secret).toString('base64')
    const parts = [...secret.split(/\r?\n/), ...(secret.split('.').length > 2 ? secret.split('.') : [])]
    for (const spelling of [secret, encodeURIComponent(secret), base64, base64.replace(/=+$/, ''), ...parts])
      if (spelling.length >= shortest && !this.#names.has(spelling)) this.#names.set(spelling, `$${name}`)
    this.#pattern = undefined
  }

  text(text: string): string {
    if (this.#names.size === 0) return text
    this.#pattern ??= new RegExp(
      [...this.#names.keys()]
        .sort((a, b) => b.length - a.length)
        .map((secret) => escapePattern(secret))
        .join('|'),
      'g',
    )
    return text.replace(this.#pattern, (found) => this.#names.get(found) ?? '$SECRET')
  }

  /** A copy of plain data with every string in it, keys included, redacted. */
  data<T>(value: T): T {
    if (typeof value === 'string') return this.text(value) as T
    if (Array.isArray(value)) return value.map((item) => this.data(item)) as T
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [this.text(key), this.data(item)]),
    ) as T
  }

  /** A copy of bytes in which each secret is overwritten by `x`, so that offsets stay true. */
  bytes(bytes: Uint8Array): Buffer {
    const copy = Buffer.from(bytes)
    for (const secret of this.#names.keys()) {
      const needle = Buffer.from(secret)
      for (let at = copy.indexOf(needle); at >= 0; at = copy.indexOf(needle, at + needle.length))
        copy.fill('x', at, at + needle.length)
    }
    return copy
  }
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

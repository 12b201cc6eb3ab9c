/** Shorter strings are no secrets, and replacing them would garble what is written. */
const shortest = 8

/** Replaces every credential of a run, in whatever spelling, by a name. Everything written passes through it. */
export class Redactor {
  /** What is replaced, by its first characters: the cost of a text does not grow with the number of secrets. */
  #spellings = new Map<string, { spelling: string; name: string }[]>()

  /** Learns a secret in each of its encodings, whole, line by line, each segment of a JWT, each member of a JWK. */
  learn(secret: string, name: string): void {
    if (secret.startsWith('{'))
      for (const [, value] of secret.matchAll(/"([\w-]{16,})"/g)) this.learn(value!, name)
    const segments = secret.split('.').length > 2 ? secret.split('.') : []
    for (const part of new Set([secret, ...secret.split(/\r?\n/), ...segments]))
      for (const spelling of new Set(spellingsOf(part))) this.#add(spelling, `$${name}`)
  }

  #add(spelling: string, name: string): void {
    if (spelling.length < shortest) return
    const start = spelling.slice(0, shortest)
    const known = this.#spellings.get(start) ?? []
    if (known.some((one) => one.spelling === spelling)) return
    this.#spellings.set(
      start,
      [...known, { spelling, name }].sort((a, b) => b.spelling.length - a.spelling.length),
    )
  }

  text(text: string): string {
    return this.#replace(text, (name) => name)
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
    const text = Buffer.from(bytes).toString('latin1')
    return Buffer.from(
      this.#replace(text, (_, found) => 'x'.repeat(found.length)),
      'latin1',
    )
  }

  #replace(text: string, replacement: (name: string, found: string) => string): string {
    if (this.#spellings.size === 0) return text
    let clean = ''
    let done = 0
    for (let at = 0; at <= text.length - shortest; at++) {
      const found = this.#spellings
        .get(text.slice(at, at + shortest))
        ?.find(({ spelling }) => text.startsWith(spelling, at))
      if (!found) continue
      clean += text.slice(done, at) + replacement(found.name, found.spelling)
      done = at + found.spelling.length
      at = done - 1
    }
    return clean + text.slice(done)
  }
}

/** A secret as a deployment may repeat it: in a URL, in JSON, as hexadecimal digits, anywhere within base64. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const percent = encodeURIComponent(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const hex = bytes.toString('hex')
  const base64 = [0, 1, 2].map((offset) => withinBase64(bytes, offset))
  return [
    secret,
    bytes.toString('latin1'),
    percent,
    percent.replaceAll(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
    encodeURIComponent(percent),
    json,
    json.replaceAll('/', '\\/'),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64.map((text) => encodeURIComponent(text)),
  ]
}

/** The characters of base64 that these bytes alone decide, where they begin at this offset of a group of three. */
function withinBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/={1,2}$/, '')
  const isOpen = (offset + bytes.length) % 3 > 0
  return text.slice(offset === 0 ? 0 : offset + 1, isOpen ? -1 : undefined)
}

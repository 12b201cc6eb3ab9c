import { alphanumericsOf } from './alphanumerics.ts'
import { InflationBudget } from './compressed.ts'
import { decode } from './decode.ts'
import { privateMembersOf } from './private-members.ts'
import { RunIndex } from './run-index.ts'
import { shortestRun } from './shortest-run.ts'
import { exactSpellingsOf } from './spellings.ts'

/** Shorter strings are no secrets, and replacing them would garble what is written. */
const shortest = 8

/** Texts are read in pieces of this many characters, which overlap by what a long token takes in its longest spelling. */
const pieceLength = 4 * 2 ** 20
const overlap = 128 * 1024

/** How many encodings of an encoding are taken off: percent-encoded base64 of compressed JSON has three. */
const mostLevels = 4

/** Characters of a text whose replacement is remembered, and of all of them. */
const longestRemembered = 64 * 1024
const mostRemembered = 4 * 2 ** 20

/** A stretch of text to be replaced: `start` to `end` (exclusive). */
interface Replaced {
  start: number
  end: number
  name: string
}

/**
 * Replaces every credential of a run by its name: whole, or any 16 successive characters of it, in any letter case,
 * with separators, escaped, reversed, in hexadecimal digits or base64. Everything written passes through it.
 */
export class Redactor {
  #runs = new RunIndex()
  /** Secrets without runs, by their first characters: only as a whole. */
  #exact = new Map<string, { spelling: string; name: string }[]>()
  #known = new Set<string>()
  /** What texts became, up to a number of characters: the requests and responses of a run repeat most of theirs. */
  #remembered = new Map<string, { most: number; clean: string }>()
  /** Their characters. */
  #rememberedSize = 0
  /** What whole contents became, as long as they are kept: evidence and pictures are both made of a document. */
  #rememberedBytes = new WeakMap<Uint8Array, Buffer>()
  /** What the texts of contents became: many requests of a run get the same response. */
  #rememberedTexts = new WeakMap<Uint8Array, { most: number; text: string; isCut: boolean }>()

  /** Learns a secret, and what of its lines and of a JWT's segments is too short for runs; of a JWK the private members. The header of a JWT is no secret by itself. */
  learn(secret: string, name: string): void {
    if (secret.length < shortest || this.#known.has(secret)) return
    this.#known.add(secret)
    this.#forgetTexts()
    this.#rememberedBytes = new WeakMap()
    this.#rememberedTexts = new WeakMap()
    const members = privateMembersOf(secret)
    if (members) {
      for (const member of members) this.learn(member, name)
      return
    }
    if (secret.startsWith('{'))
      for (const [, value] of secret.matchAll(/"([\w-]{16,})"/g)) this.learn(value!, name)
    const [header = '', ...others] = secret.split('.')
    const isJwt = others.length > 1
    for (const part of [...secret.split(/\r?\n/), ...(isJwt ? others : [])])
      if (part.length < shortestRun) this.learn(part, name)
    const publicSize = isJwt ? header.length + 1 : 0
    if (this.#runs.add(secret, publicSize, name)) return
    for (const spelling of new Set(exactSpellingsOf(secret))) {
      const start = spelling.slice(0, shortest)
      const all = [...(this.#exact.get(start) ?? []), { spelling, name }]
      if (spelling.length >= shortest)
        this.#exact.set(
          start,
          all.toSorted((a, b) => b.spelling.length - a.spelling.length),
        )
    }
  }

  /** At most the first `most` characters of the text; a secret that stands across the end is replaced as a whole. */
  text(text: string, most = text.length): string {
    const shown = Math.min(most, text.length)
    const remembered = text.length <= longestRemembered ? this.#remembered.get(text) : undefined
    if (remembered?.most === shown) return remembered.clean
    const clean = this.#replace(text, most, ({ name }) => name)
    if (text.length <= longestRemembered) this.#remember(text, { most: shown, clean })
    return clean
  }

  #remember(text: string, became: { most: number; clean: string }): void {
    if (this.#rememberedSize > mostRemembered) this.#forgetTexts()
    this.#remembered.set(text, became)
    this.#rememberedSize += text.length + became.clean.length
  }

  #forgetTexts(): void {
    this.#remembered.clear()
    this.#rememberedSize = 0
  }

  /** At most the first `most` characters of a text in UTF-8, as {@link text} does, and whether it has more. */
  utf8(bytes: Uint8Array, most: number): { text: string; isCut: boolean } {
    const remembered = this.#rememberedTexts.get(bytes)
    if (remembered?.most === most) return remembered
    // A character takes at most four bytes.
    const size = Math.min(bytes.length, 4 * (most + overlap))
    const read = Buffer.from(bytes.buffer, bytes.byteOffset, size).toString('utf8')
    const clean = { most, text: this.text(read, most), isCut: read.length > most }
    this.#rememberedTexts.set(bytes, clean)
    return clean
  }

  /** The text, cut after `most` characters with how many more there are. */
  bounded(text: string, most: number): string {
    const more = text.length - most
    return more > 0 ? `${this.text(text, most)}… (${more} more characters)` : this.text(text)
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

  /** A copy of the first `most` bytes in which each secret is overwritten by `x`, so that offsets stay true. */
  bytes(bytes: Uint8Array, most = bytes.length): Buffer {
    const isWhole = most >= bytes.length
    const remembered = isWhole ? this.#rememberedBytes.get(bytes) : undefined
    if (remembered) return remembered
    const clean = this.#cleanBytes(bytes, most)
    if (isWhole) this.#rememberedBytes.set(bytes, clean)
    return clean
  }

  #cleanBytes(bytes: Uint8Array, most: number): Buffer {
    const read = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, most + overlap))
    const clean = this.#replace(read.toString('latin1'), most, ({ start, end }) => 'x'.repeat(end - start))
    return Buffer.from(clean.slice(0, most), 'latin1')
  }

  /** Of a text that is cut, enough is read to know a secret that begins before the end. */
  #replace(text: string, most: number, replacement: (replaced: Replaced) => string): string {
    if (this.#known.size === 0) return text.slice(0, most)
    const read = text.slice(0, most + overlap)
    let clean = ''
    let done = 0
    for (const replaced of joined([...this.#runsIn(read), ...this.#exactIn(read)])) {
      if (replaced.start >= most) break
      clean += read.slice(done, replaced.start) + replacement(replaced)
      done = replaced.end
    }
    return done < most ? clean + read.slice(done, most) : clean
  }

  *#runsIn(text: string): Generator<Replaced> {
    const budget = new InflationBudget()
    for (let at = 0; at === 0 || at + overlap < text.length; at += pieceLength - overlap) {
      const piece = text.length > pieceLength ? text.slice(at, at + pieceLength) : text
      for (const { start, end, name } of this.#runsEncodedIn(piece, budget, mostLevels))
        yield { start: at + start, end: at + end, name }
    }
  }

  /** The runs in a text, and in what it encodes in so many levels. */
  *#runsEncodedIn(
    text: string,
    budget: InflationBudget,
    levels: number,
    wasUnescaped?: boolean,
  ): Generator<Replaced> {
    if (text.length < shortestRun) return
    for (const { start, end, name, isWhole } of this.#runs.find(alphanumericsOf(text)))
      yield { start, end, name: isWhole ? `$${name}` : `$${name}…` }
    if (levels === 0) return
    for (const { text: decoded, sourceOf, isUnescaped } of decode(text, budget, wasUnescaped))
      for (const found of this.#runsEncodedIn(decoded, budget, levels - 1, isUnescaped)) {
        const [start, end] = sourceOf(found.start, found.end)
        yield { start, end, name: found.name }
      }
  }

  *#exactIn(text: string): Generator<Replaced> {
    if (this.#exact.size === 0) return
    for (let at = 0; at <= text.length - shortest; at++) {
      const found = this.#exact
        .get(text.slice(at, at + shortest))
        ?.find(({ spelling }) => text.startsWith(spelling, at))
      if (!found) continue
      yield { start: at, end: at + found.spelling.length, name: `$${found.name}` }
      at += found.spelling.length - 1
    }
  }
}

/** In order, those that overlap made one, which has the name of the longest. */
function joined(all: Replaced[]): Replaced[] {
  const result: Replaced[] = []
  for (const next of all.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1)
    if (!last || next.start >= last.end) result.push(next)
    else if (next.end > last.end)
      result[result.length - 1] = {
        start: last.start,
        end: next.end,
        name: next.end - next.start > last.end - last.start ? next.name : last.name,
      }
  }
  return result
}

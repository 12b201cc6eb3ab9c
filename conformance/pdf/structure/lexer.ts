import { longestName } from '../limits.ts'
import { Name, PdfString } from './values.ts'

/** A bare word: `obj`, `R`, `true`, `stream`, or a delimiter such as `<<`. */
export class Keyword {
  readonly value: string
  constructor(value: string) {
    this.value = value
  }
}

export type Token = number | Name | PdfString | Keyword

const blank = 1
const delimiter = 2
const classes = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) classes[code] = blank
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = delimiter

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
/** Longer ones are left as they are; writers keep to 127 bytes (ISO 32000-1 annex C). */
const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/

export function isBlank(text: string, at: number): boolean {
  return classes[text.charCodeAt(at)] === blank
}

/** Position of the next token: after white space and comments. */
export function skipBlank(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x25) {
      while (at + 1 < text.length && text.charCodeAt(at + 1) !== 10 && text.charCodeAt(at + 1) !== 13) at++
    } else if (classes[code] !== blank) break
  }
  return at
}

/** Reads tokens (ISO 32000-2 §7.2) from text that has one character a byte. */
export class Lexer {
  readonly text: string
  position: number

  constructor(text: string, position: number) {
    this.text = text
    this.position = position
  }

  /** Undefined at the end of the text. */
  next(): Token | undefined {
    const { text } = this
    this.position = skipBlank(text, this.position)
    if (this.position >= text.length) return undefined
    const first = text[this.position]!
    if (first === '/') return this.#name()
    if (first === '(') return this.#literal()
    if (text.startsWith('<<', this.position) || text.startsWith('>>', this.position)) return this.#symbol(2)
    if (first === '<') return this.#hexadecimal()
    if (classes[first.charCodeAt(0)] === delimiter) return this.#symbol(1)
    const word = this.#regular(this.position)
    return number.test(word) ? Number(word) : new Keyword(word)
  }

  #symbol(length: number): Keyword {
    this.position += length
    return new Keyword(this.text.slice(this.position - length, this.position))
  }

  #regular(from: number): string {
    let end = from
    while (end < this.text.length && classes[this.text.charCodeAt(end)] === 0) end++
    this.position = end
    return this.text.slice(from, end)
  }

  #name(): Name {
    const raw = this.#regular(this.position + 1)
    if (!raw.includes('#') || raw.length > longestName) return new Name(raw)
    return new Name(
      raw.replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    )
  }

  #hexadecimal(): PdfString {
    const end = this.text.indexOf('>', this.position)
    const digits = this.text.slice(this.position + 1, end < 0 ? undefined : end).replace(/[^0-9a-f]+/gi, '')
    this.position = end < 0 ? this.text.length : end + 1
    return new PdfString(Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex').toString('latin1'))
  }

  #literal(): PdfString {
    const { text } = this
    const parts: string[] = []
    let depth = 1
    let at = this.position + 1
    let from = at
    for (; at < text.length; at++) {
      const character = text[at]
      if (character === '(') depth++
      else if (character === ')' && --depth === 0) break
      else if (character === '\\') {
        parts.push(text.slice(from, at))
        const [replacement, length] = readEscape(text, at + 1)
        parts.push(replacement)
        at += length
        from = at + 1
      }
    }
    this.position = at + 1
    return new PdfString(parts.join('') + text.slice(from, at))
  }
}

function readEscape(text: string, at: number): [replacement: string, length: number] {
  const octal = /[0-7]{1,3}/y
  octal.lastIndex = at
  const digits = octal.exec(text)?.[0]
  if (digits) return [String.fromCharCode(Number.parseInt(digits, 8) & 0xff), digits.length]
  if (text.startsWith('\r\n', at)) return ['', 2]
  const character = text[at] ?? ''
  if (character === '\r' || character === '\n') return ['', 1]
  return [escapes[character] ?? character, character.length]
}

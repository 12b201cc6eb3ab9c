import { escapeAt, type Written } from './escapes.ts'

/** The ASCII letters and digits of a text, whatever their case, and where each stands. All other characters are left out. */
export interface Alphanumerics {
  text: string
  /** Whether escapes count as what they mean. */
  decodes: boolean
  /** From 1: ten digits, then the letters. */
  codes: Uint8Array
  /** Of each code the offset in the text of the first character that writes it. */
  starts: Uint32Array
  length: number
}

/** Folds a text. */
export function alphanumericsOf(text: string, decodes = false): Alphanumerics {
  const codes = new Uint8Array(text.length)
  const starts = new Uint32Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; ) {
    const written = decodes ? escapeAt(text, at) : undefined
    const folded = codeOf[written?.code ?? text.charCodeAt(at)] ?? 0
    if (folded > 0) {
      codes[length] = folded
      starts[length] = at
      length += 1
    }
    at += written?.length ?? 1
  }
  return { text, decodes, codes, starts, length }
}

/** The character that begins at this offset of the text. */
export function characterAt({ text, decodes }: Alphanumerics, at: number): Written {
  return (decodes ? escapeAt(text, at) : undefined) ?? { code: text.charCodeAt(at), length: 1 }
}

/** How many letters and digits are told apart, and 1. */
export const codeCount = 37

/** By character code; 0 for everything but ASCII letters and digits. */
const codeOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[a-z\d]/i.test(character) ? Number.parseInt(character, 36) + 1 : 0
})

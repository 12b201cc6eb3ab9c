/** The ASCII letters and digits of a text, whatever their case, and where each stands. All other characters are left out. */
export interface Alphanumerics {
  text: string
  /** From 1: ten digits, then the letters. */
  codes: Uint8Array
  /** Of each code the offset in the text. */
  starts: Uint32Array
  length: number
}

/** Folds a text. */
export function alphanumericsOf(text: string): Alphanumerics {
  const codes = new Uint8Array(text.length)
  const starts = new Uint32Array(text.length)
  let length = 0
  for (let at = 0; at < text.length; at++) {
    const folded = codeOf[text.charCodeAt(at)]!
    if (folded === 0) continue
    codes[length] = folded
    starts[length] = at
    length += 1
  }
  return { text, codes, starts, length }
}

/** How many letters and digits are told apart, and 1. */
export const codeCount = 37

/** By character code; 0 for everything but ASCII letters and digits. */
const codeOf = Uint8Array.from({ length: 0x10000 }, (_, code) => {
  const character = String.fromCharCode(code)
  return code < 128 && /[a-z\d]/i.test(character) ? Number.parseInt(character, 36) + 1 : 0
})

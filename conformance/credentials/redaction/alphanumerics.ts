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

/** A character as it is written: the code of what is meant, and how many characters of the text it takes. */
interface Written {
  code: number
  length: number
}

/** Folds a text. Escapes are percent-encoding, character references and those of strings. */
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

/** Whether a text has characters with which an escape can begin. */
export const mayHaveEscapes = (text: string): boolean => /[%&\\=]|0x/i.test(text)

/** How many letters and digits are told apart, and 1. */
export const codeCount = 37

/** By character code; 0 for everything but ASCII letters and digits. */
const codeOf = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /[a-z\d]/i.test(character) ? Number.parseInt(character, 36) + 1 : 0
})

/** What each first character may begin. Sticky: an escape is read where it stands, and nowhere else. */
const escapes = new Map<string, RegExp[]>([
  // RFC 3986 §2.1, encoded any number of times up to eight; the form of JavaScript's `escape`.
  ['%', [/%(?:25){0,8}([\da-f]{2})/iy, /%u00([\da-f]{2})/iy]],
  // HTML, 13.2.5.80 (numeric character references).
  ['&', [/&#x0{0,6}([\da-f]{2});?/iy, /&#0{0,6}(?<decimal>\d{2,3});?/y]],
  // Strings of JSON, JavaScript, C and Python.
  [
    '\\',
    [/\\u00([\da-f]{2})/iy, /\\x([\da-f]{2})/iy, /\\u\{0{0,4}([\da-f]{2})\}/iy, /\\(?<octal>[01][0-7]{2})/y],
  ],
  // Quoted-printable (RFC 2045 §6.7).
  ['=', [/=([\da-f]{2})/iy]],
  ['0', [/0x([\da-f]{2})(?![\da-f])/iy]],
])

const beginsEscape = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(escapes.has(String.fromCharCode(code))),
)

function escapeAt(text: string, at: number): Written | undefined {
  if (!beginsEscape[text.charCodeAt(at)]) return undefined
  for (const pattern of escapes.get(text[at]!) ?? []) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) continue
    const { decimal, octal } = found.groups ?? {}
    const code = decimal
      ? Number(decimal)
      : octal
        ? Number.parseInt(octal, 8)
        : Number.parseInt(found[1]!, 16)
    return { code, length: found[0].length }
  }
  return undefined
}

/** A character as it is written: the code of what is meant, and how many characters of the text it takes. */
export interface Written {
  /** Of an ASCII character; 0 where it is none, or something that readers do not see. */
  code: number
  length: number
}

/** Whether a text has characters with which an escape can begin. */
export const mayHaveEscapes = (text: string): boolean =>
  /[%&\\=<\x1b\x80-\uffff]|0[xob]|u\+|cha?r\(|\)[^()]{0,40}\(|"\d{1,7}":/i.test(text)

/** What each first character may begin. Sticky: an escape is read where it stands, and nowhere else. */
const escapes = new Map<string, RegExp[]>([
  // RFC 3986 §2.1, encoded any number of times up to eight; the form of JavaScript's `escape`.
  [
    '%',
    [
      // The escape of another language, its backslash encoded.
      /%(?:25){0,8}5cu(?<hex>[\da-f]{4})/iy,
      /%(?:25){0,8}5cx(?<hex>[\da-f]{2})/iy,
      /%(?:25){0,8}(?<hex>[\da-f]{2})/iy,
      /%u(?<hex>[\da-f]{4})/iy,
    ],
  ],
  // HTML, 13.2.5.72 to 80 (character references), escaped up to eight times; those with names are no letters or digits.
  [
    '&',
    [
      /&(?:amp;){0,8}#x0{0,20}(?<hex>[\da-f]{1,6});?/iy,
      /&(?:amp;){0,8}#0{0,20}(?<decimal>\d{1,7});?/iy,
      /&(?:amp;){0,8}[a-z][a-z\d]{1,30};/iy,
    ],
  ],
  // Strings of JSON, JavaScript, C, Python and CSS.
  [
    '\\',
    [
      /\\U(?<hex>[\da-f]{8})/iy,
      /\\u(?<hex>[\da-f]{4})/iy,
      /\\u\{0{0,20}(?<hex>[\da-f]{1,6})\}/iy,
      /\\x(?<hex>[\da-f]{2})/iy,
      // Perl, and its names of characters.
      /\\x\{0{0,20}(?<hex>[\da-f]{1,6})\}/iy,
      /\\N\{U\+0{0,20}(?<hex>[\da-f]{1,6})\}/iy,
      /\\o\{0{0,20}(?<octal>[0-7]{1,7})\}/iy,
      /\\0000(?<hex>[\da-f]{2}) ?/iy,
      /\\(?<octal>[01][0-7]{2})/y,
      /\\(?<hex>[2-7][\da-f]) ?/iy,
      /\\[nrtbfv]/y,
    ],
  ],
  // Quoted-printable (RFC 2045 §6.7).
  ['=', [/=(?<hex>[\da-f]{2})/iy]],
  [
    '0',
    [
      /0x(?<hex>[\da-f]{2})(?![\da-f])/iy,
      /0o(?<octal>[0-7]{2,3})(?![0-7])/iy,
      /0b(?<binary>[01]{6,8})(?![01])/iy,
    ],
  ],
  ['u', [/u\+0{0,4}(?<hex>[\da-f]{2})(?![\da-f])/iy]],
  ['c', [/cha?r\((?<decimal>\d{2,3})\)/iy, /cha?r\(0x(?<hex>[\da-f]{2})\)/iy]],
  // Pieces of a text that a PDF puts apart (ISO 32000-2, 9.4.3), and the numbers of the items of an array.
  [')', [/\)[^()]{0,40}\(/y]],
  ['"', [/"\d{1,7}":/y]],
  // A tag around a part of the secret; too short to hold one itself.
  ['<', [/<\/?[a-z][a-z\d]{0,15}(?: [^<>%&\\]{0,40})?\/?>/iy]],
  // ECMA-48 §5.4, colours of a terminal for one.
  ['\x1b', [/\x1b\[[\d;]{0,20}[a-z]/iy]],
])

const beginsEscape = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(escapes.has(String.fromCharCode(code).toLowerCase())),
)

/** The escape that begins at this offset. */
export function escapeAt(text: string, at: number): Written | undefined {
  const first = text.charCodeAt(at)
  if (first >= 128) return variantAt(text, at)
  if (!beginsEscape[first]) return undefined
  for (const pattern of escapes.get(text[at]!.toLowerCase()) ?? []) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) return { code: codeOf(found.groups), length: found[0].length }
  }
  return undefined
}

function codeOf({ hex, decimal, octal, binary }: Record<string, string> = {}): number {
  if (hex) return Number.parseInt(hex, 16)
  if (decimal) return Number(decimal)
  if (binary) return Number.parseInt(binary, 2)
  return octal ? Number.parseInt(octal, 8) : 0
}

/**
 * A variant of an ASCII character (Unicode Standard Annex 15, compatibility: full width, bold, in a circle), as it is or in
 * the bytes of UTF-8.
 */
function variantAt(text: string, at: number): Written | undefined {
  const bytes = utf8At(text, at)
  const point = bytes?.point ?? text.codePointAt(at)!
  const length = bytes?.length ?? (point > 0xffff ? 2 : 1)
  let code = variants.get(point)
  if (code === undefined) {
    const plain = String.fromCodePoint(point).normalize('NFKC')
    code = plain.length === 1 && plain.charCodeAt(0) < 128 ? plain.charCodeAt(0) : 0
    if (variants.size < mostVariants) variants.set(point, code)
  }
  return { code, length }
}

const variants = new Map<number, number>()
const mostVariants = 10_000

/** The character that three or four bytes encode, in a text of bytes. */
function utf8At(text: string, at: number): { point: number; length: number } | undefined {
  const first = text.charCodeAt(at)
  const length = first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  if (length === 0) return undefined
  let point = first & (length === 3 ? 0x0f : 0x07)
  for (let next = at + 1; next < at + length; next++) {
    const byte = text.charCodeAt(next)
    // Also at the end of the text, where it is NaN.
    if (!(byte >= 0x80 && byte < 0xc0)) return undefined
    point = (point << 6) | (byte & 0x3f)
  }
  return point <= 0x10ffff ? { point, length } : undefined
}

/** A way in which a secret may be repeated. */
export interface Spelling {
  text: string
  /** Whether it is the secret itself, in the order of its characters. */
  isPlain: boolean
}

/** What a deployment may make of a secret, apart from escapes, letter case and separators. */
export function spellingsOf(secret: string): Spelling[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  const reversed = reverse(secret)
  const wide = Buffer.from(secret, 'utf16le')
  const signature = Buffer.from(secret.slice(secret.lastIndexOf('.') + 1), 'base64url')
  const encoded = [
    reversed,
    hex,
    [...bytes].join(''),
    [...bytes].map((byte) => byte.toString(8).padStart(3, '0')).join(''),
    base32(bytes),
    rot13(secret),
    wide.toString('hex'),
    // What the last segment of a JWT encodes (RFC 7515 §3.1); of other secrets, no harm.
    signature.toString('hex'),
    [...signature].join(''),
    ...base64(wide),
    ...base64(Buffer.from(hex)),
    ...base64(Buffer.from(reversed)),
    ...base64(bytes).flatMap((text) => [
      text,
      reverse(text),
      Buffer.from(text).toString('hex'),
      ...base64(Buffer.from(text)),
    ]),
  ]
  return [{ text: secret, isPlain: true }, ...encoded.map((text) => ({ text, isPlain: false }))]
}

const reverse = (text: string) => [...text].reverse().join('')

const rot13 = (text: string) =>
  text.replaceAll(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    return String.fromCharCode(code + ((code & 31) <= 13 ? 13 : -13))
  })

/** As {@link spellingsOf}, for secrets that are too short to be recognized by a part of them. */
export function exactSpellingsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
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
    reverse(secret),
    ...base64(bytes),
    ...base64(bytes).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ...base64(bytes).map((text) => encodeURIComponent(text)),
  ]
}

/** What base64 (RFC 4648 §4) makes of bytes that begin at each offset of a group of three. */
const base64 = (bytes: Buffer): string[] => [0, 1, 2].map((offset) => withinBase64(bytes, offset))

/** The characters that these bytes alone decide. */
function withinBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/={1,2}$/, '')
  const isOpen = (offset + bytes.length) % 3 > 0
  return text.slice(offset === 0 ? 0 : offset + 1, isOpen ? -1 : undefined)
}

/** RFC 4648 §6, without padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? [])
    .map((group) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(group, 2)])
    .join('')
}

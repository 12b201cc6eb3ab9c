/** A way in which a secret may be repeated. */
export interface Spelling {
  text: string
  /** Whether it is the secret itself, in the order of its characters. */
  isPlain: boolean
}

/**
 * What a deployment may make of a secret that is found in any letter case and with separators. What can be decoded
 * (`decode.ts`) need not be here; it is where it survives a change of case, or is written in numbers.
 */
export function spellingsOf(secret: string): Spelling[] {
  const bytes = Buffer.from(secret)
  const signature = Buffer.from(secret.slice(secret.lastIndexOf('.') + 1), 'base64url')
  const encoded = [
    reverse(secret),
    rot13(secret),
    bytes.toString('hex'),
    [...bytes].join(''),
    [...bytes].map((byte) => byte.toString(8).padStart(3, '0')).join(''),
    [...bytes].map((byte) => byte.toString(8)).join(''),
    // What the last segment of a JWT encodes (RFC 7515 §3.1); of other secrets, no harm.
    signature.toString('hex'),
    [...signature].join(''),
    // As Java prints bytes, with a sign, which is no letter or digit.
    [...signature].map((byte) => Math.abs(byte > 127 ? byte - 256 : byte)).join(''),
    ...base64(bytes).flatMap((text) => [text, reverse(text), rot13(text)]),
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

/** A way in which a secret may be repeated. */
export interface Spelling {
  text: string
  /** Whether it is the secret itself, in the order of its characters. */
  isPlain: boolean
}

/** What a deployment may make of a secret, apart from escapes, letter case and separators. */
export function spellingsOf(secret: string): Spelling[] {
  const bytes = Buffer.from(secret)
  const reversed = [...secret].reverse().join('')
  const encoded = [
    reversed,
    bytes.toString('hex'),
    [...bytes].join(''),
    base32(bytes),
    ...base64(bytes),
    ...base64(bytes).flatMap((text) => base64(Buffer.from(text))),
    ...base64(Buffer.from(reversed)),
  ]
  return [{ text: secret, isPlain: true }, ...encoded.map((text) => ({ text, isPlain: false }))]
}

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
    [...secret].reverse().join(''),
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

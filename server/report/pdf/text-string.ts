/** A text as a PDF text string (ISO 32000-1 §7.9.2.2): literal where it is ASCII, UTF-16 otherwise. */
export function textString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return literalString(text)
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`
}

/** Bytes (Latin-1) as a literal string (ISO 32000-1 §7.3.4.2), where a bare carriage return would read as a line feed. */
export function literalString(bytes: string): string {
  return `(${bytes.replace(/[\\()\r]/g, (byte) => (byte === '\r' ? '\\r' : `\\${byte}`))})`
}

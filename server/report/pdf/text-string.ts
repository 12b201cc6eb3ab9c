/** A text as a PDF text string (ISO 32000-1 §7.9.2.2): literal where it is ASCII, UTF-16 otherwise. */
export function textString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`
}

import { InvalidArgumentError } from 'commander'

/** A whole number, 0 or more. */
export function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number, 0 or more, is needed.')
  return Number(text)
}

export function readPort(text: string): number {
  const port = readCount(text)
  if (port > 65535) throw new InvalidArgumentError('Ports end at 65535.')
  return port
}

/** An absolute `http:` or `https:` URL. */
export function readUrl(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new InvalidArgumentError('A URL that begins with http:// or https:// is needed.')
  }
  return text
}

/** An origin as browsers send it (RFC 6454 §7), or `*`; added to those already given. */
export function readOrigin(text: string, previous: string[] = []): string[] {
  if (text === '*') return [...previous, text]
  const { origin } = new URL(readUrl(text))
  if (origin !== text.toLowerCase().replace(/\/$/, '')) {
    throw new InvalidArgumentError('Scheme, host and port are needed, such as http://localhost:5173.')
  }
  return [...previous, origin]
}

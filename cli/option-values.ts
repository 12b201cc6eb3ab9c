import { InvalidArgumentError } from 'commander'
import { isInstant } from '../fixtures/instant.ts'
import type { Quantities } from '../fixtures/organization.ts'

/** A whole number, 0 or more. */
export function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number, 0 or more, is needed.')
  return Number(text)
}

/** A whole number above 0. */
export function readPositive(text: string): number {
  const number = readCount(text)
  if (number === 0) throw new InvalidArgumentError('A whole number above 0 is needed.')
  return number
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

/** Requests a second: a number above 0, not necessarily a whole one. */
export function readRate(text: string): number {
  const rate = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : 0
  if (rate === 0) throw new InvalidArgumentError('A number above 0 is needed, such as 20 or 0.5.')
  return rate
}

/** A JSON object. */
export function readJsonObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError(`A JSON object is needed, such as '{"exp":1}'.`)
}

/** A value of an option that may be given several times. */
export function readList(text: string, previous: string[] = []): string[] {
  return [...previous, text]
}

/** A header field (RFC 9110 §5.1, §5.5), added to those already given. */
export function readHeader(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([!#$%&'*+.^_`|~\dA-Za-z-]+):([^\r\n]*)$/.exec(text) ?? []
  if (!name || value === undefined)
    throw new InvalidArgumentError("A header field is needed, such as 'X-Api-Key: 123'.")
  return { ...previous, [name]: value.trim() }
}

/** An instant as RFC 3339 has it. */
export function readInstant(text: string): string {
  if (!isInstant(text))
    throw new InvalidArgumentError('An RFC 3339 instant is needed, such as 2026-01-31T12:00:00Z.')
  return text
}

/** How much of a product type, as `users=100`, added to those already given. */
export function readCapacity(text: string, previous: Quantities): Quantities {
  const [, type, amount] = /^([^=]+)=(\d{1,15})$/.exec(text) ?? []
  if (!type)
    throw new InvalidArgumentError('A product type and a whole number are needed, such as users=100.')
  return { ...previous, [type]: Number(amount) }
}

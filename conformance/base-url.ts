import { percentDecoded } from '../spec/percent-decoded.ts'

/** A base URL as requests need it, and what it held besides. */
export interface BaseUrl {
  /** With its path prefix; without trailing slash, user information, query and fragment. */
  base: string
  /** The parts of the user information (RFC 3986 §3.2.1), as written and decoded: they are credentials. */
  secrets: string[]
}

/**
 * Takes a base URL apart. User information is not sent: a request has one `Authorization` header, and the bearer
 * token needs it. Throws TypeError where `text` is no URL.
 *
 * @example readBaseUrl('https://qa:secret@host/api/').base // https://host/api
 */
export function readBaseUrl(text: string): BaseUrl {
  const url = new URL(text)
  const written = [url.username, url.password].filter((part) => part !== '')
  return {
    base: url.origin + url.pathname.replace(/(?<!\/)\/+$/, ''),
    secrets: written.flatMap((part) => [part, percentDecoded(part)]),
  }
}

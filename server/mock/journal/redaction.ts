import type { OutgoingHttpHeaders } from 'node:http'
import { withoutSecrets } from '../../log.ts'

const credentialHeader =
  /^(authorization|proxy-authorization|cookie|set-cookie)$|token|secret|password|api-?key/i
const credentialProperty = /token|secret|password|authorization/i
const longestText = 1000
const longestBody = 16_384

/** Headers without the values that are credentials; of `Authorization` the scheme stays. */
export function removeCredentials<Headers extends OutgoingHttpHeaders>(headers: Headers): Headers {
  const credentials = Object.keys(headers).filter((name) => credentialHeader.test(name))
  if (credentials.length === 0) return headers
  const removed = credentials.map((name) => {
    const scheme = name === 'authorization' ? /^(\w+) /.exec(String(headers[name]))?.[0] : undefined
    return [name, `${scheme ?? ''}[removed]`]
  })
  return { ...headers, ...Object.fromEntries(removed) }
}

/**
 * A JSON value without what looks like a credential, by its property name or its form. Long texts are shortened to
 * their first 100 characters; a body that is too long all the same is replaced by its length.
 */
export function redactBody(body: unknown): unknown {
  const text = JSON.stringify(body, (name, value: unknown) => {
    if (typeof value !== 'string') return value
    return credentialProperty.test(name) ? '[removed]' : shorten(withoutSecrets(value))
  })
  return text.length > longestBody ? `[${text.length} characters]` : JSON.parse(text)
}

function shorten(text: string): string {
  return text.length > longestText ? `${text.slice(0, 100)}… [${text.length} characters]` : text
}

/** Headers as text, without what looks like a credential by its form. */
export function redactHeaders(headers: OutgoingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutSecrets([value].flat().join(', '))]),
  )
}

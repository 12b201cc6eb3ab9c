import type { IncomingHttpHeaders } from 'node:http'
import { withoutSecrets } from '../../log.ts'

const credentialField = /^(authorization|proxy-authorization|cookie)$|token|secret|password|api-?key/i
const credentialProperty = /token|secret|password|authorization/i
const longestText = 1000
const longestBody = 16_384

/** Header fields whose values are no credentials; of an authorization the scheme stays. */
export function removeCredentials(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept: IncomingHttpHeaders = {}
  for (const [name, value] of Object.entries(headers)) {
    const scheme = name === 'authorization' ? /^(\w+) /.exec(String(value))?.[0] : undefined
    kept[name] = credentialField.test(name) ? `${scheme ?? ''}[removed]` : value
  }
  return kept
}

/**
 * A JSON value without what looks like a credential, by its name or by itself. Of a long text the beginning is kept,
 * of many short ones only how long they are together.
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

/** Header fields as text. */
export function redactFields(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutSecrets([value].flat().join(', '))]),
  )
}

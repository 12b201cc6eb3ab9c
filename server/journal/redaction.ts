import type { IncomingHttpHeaders } from 'node:http'
import { withoutSecrets } from '../log.ts'

const credentialField = /^(authorization|proxy-authorization|cookie)$|token|secret|password|api-?key/i
const credentialProperty = /token|secret|password|authorization/i
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

/** A JSON value without what looks like a credential, by its name or by itself; a long one is only measured. */
export function redactBody(body: unknown): unknown {
  const text = JSON.stringify(body, (name, value: unknown) => {
    if (typeof value === 'string') return credentialProperty.test(name) ? '[removed]' : withoutSecrets(value)
    return value
  })
  if (text === undefined || text.length <= longestBody) return text && JSON.parse(text)
  return `[${text.length} characters]`
}

/** Header fields as text. */
export function redactFields(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, withoutSecrets([value].flat().join(', '))]),
  )
}

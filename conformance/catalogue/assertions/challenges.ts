import type { ReceivedResponse } from '../../http/response.ts'
import { headerValues } from '../../http/response.ts'

/** One challenge of WWW-Authenticate (RFC 9110 §11.6.1); scheme and parameter names in lower case. */
export interface Challenge {
  scheme: string
  parameters: Record<string, string>
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const item = new RegExp(
  `([\\s,]*)(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token})(?:\\s+([\\w.~+/-]+=*)(?=\\s*(?:,|$)))?)`,
  'y',
)

/** Every challenge of a response, from all WWW-Authenticate headers. Undefined where one breaks the grammar. */
export function challengesIn(response: Pick<ReceivedResponse, 'headers'>): Challenge[] | undefined {
  const challenges: Challenge[] = []
  for (const value of headerValues(response, 'www-authenticate')) {
    item.lastIndex = 0
    // Only a scheme and its first parameter stand together without a comma.
    let isOpen = true
    while (!/^[\s,]*$/.test(value.slice(item.lastIndex))) {
      const match = item.exec(value)
      if (!match) return undefined
      const [, gap, name, quoted, plain, scheme] = match
      if (!gap!.includes(',') && (!isOpen || (scheme && match.index > 0))) return undefined
      isOpen = scheme !== undefined
      if (scheme) challenges.push({ scheme: scheme.toLowerCase(), parameters: {} })
      else if (challenges.length === 0) return undefined
      else
        challenges.at(-1)!.parameters[name!.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? ''
    }
  }
  return challenges
}

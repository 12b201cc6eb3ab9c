import { headerValues, type ReceivedResponse } from './response.ts'

/** The target of the first link of this relation (RFC 8288 §3), as written: absolute, or relative to the request. */
export function linkTarget(
  response: Pick<ReceivedResponse, 'headers'>,
  relation: string,
): string | undefined {
  const links = headerValues(response, 'link').flatMap((value) => [...value.matchAll(/<([^<>]*)>([^<]*)/g)])
  return links.find(([, , parameters = '']) => relationsIn(parameters).includes(relation))?.[1]
}

/** The relation types are compared without case (§2.1.1). */
function relationsIn(parameters: string): string[] {
  const rel = parameters.split(';').find((parameter) => /^\s*rel\s*=/i.test(parameter)) ?? ''
  return rel
    .slice(rel.indexOf('=') + 1)
    .toLowerCase()
    .split(/[\s",]+/)
}

import { challengesIn } from '../catalogue/assertions/challenges.ts'
import { splitToken } from '../credentials/tokens.ts'
import { cacheMark } from '../http/cache-marks.ts'
import { garbage } from '../http/request.ts'
import { headerValue, type ReceivedResponse } from '../http/response.ts'
import type { Session } from './session.ts'

/** Why the member's request is answered 401 and what to do, the likeliest cause first. Sends two requests to find out. */
export async function explainRefusedToken(
  response: ReceivedResponse,
  { deployment, context }: Pick<Session, 'deployment' | 'context'>,
): Promise<string> {
  const expiry = describeExpiry(context.keyring.token('member'))
  const renew = 'put a valid one at actors.member.token'
  if (expiry !== '') return `the member's token is refused (401)${expiry}: ${renew}`
  const challenges = challengesIn(response) ?? []
  const schemes = challenges.map(({ scheme }) => scheme)
  if (schemes.length > 0 && !schemes.includes('bearer'))
    return `the member is answered 401 by something that asks for ${schemes.join(' or ')} credentials, not for a bearer token: check the base URL, and what stands before the deployment (a proxy with a login of its own?)`

  const view = deployment.viewFor()
  const without = await view.request({ as: 'nobody' })
  const malformed = await view.request({ as: garbage('altostrat-contract-no-token') })
  const refused = `the member's token is refused (401): ${renew}`
  if (!isSame(response, without) || !isSame(malformed, without)) return refused
  const advice =
    'let the proxies before it pass the Authorization header on (Apache: CGIPassAuth On or SetEnvIf; nginx: fastcgi_param or proxy_set_header; Squid: login=PASS of cache_peer; a gateway: its list of headers)'
  const missing = saysMissing(response)
  if (missing)
    return `the deployment says that no token came (401: ${JSON.stringify(missing)}), and answers the same without one: ${advice}; if it does arrive, ${renew}`
  const isSilent = challenges.every(({ parameters }) => parameters.error === undefined)
  return isSilent
    ? `${refused}; the answer is the same without any token, so it may not reach the deployment: ${advice}`
    : refused
}

/** Why the member is answered otherwise at the end of the run than at its start, the likeliest cause first. */
export async function explainChangedAnswer(
  before: ReceivedResponse,
  after: ReceivedResponse,
  { deployment, context }: Pick<Session, 'deployment' | 'context'>,
): Promise<string> {
  const changed = `at the end of the run the member was answered ${after.status} instead of ${before.status}`
  const expiry = describeExpiry(context.keyring.token('member'))
  const outlive = 'use a token that outlives the run'
  if (expiry !== '') return `${changed}${expiry}, so refusals prove nothing: ${outlive}`
  const mark = cacheMark(after) ?? (await unlessCached(before, deployment))
  if (mark)
    return `${changed}, by a shared cache (${mark}), so refusals prove nothing: let no cache before the deployment reuse the answer to one caller for another (Cache-Control: private or no-store, Vary: Authorization)`
  return `${changed}, so refusals prove nothing: ${outlive}, and see whether it was revoked`
}

/** A query that nobody knows is no reason to answer otherwise, but to a cache it is another address. */
async function unlessCached(
  before: ReceivedResponse,
  deployment: Session['deployment'],
): Promise<string | undefined> {
  const query = `altostrat-contract=${Date.now()}`
  const { status } = await deployment.viewFor().request({ query, fresh: true })
  return status === before.status ? `with ?${query} the answer is ${status}` : undefined
}

/** Same status, challenge and content, as far as refusals of one kind repeat it. */
const isSame = (one: ReceivedResponse, other: ReceivedResponse) =>
  one.status === other.status &&
  headerValue(one, 'www-authenticate') === headerValue(other, 'www-authenticate') &&
  withoutNumbers(one) === withoutNumbers(other)

/** Instants and identifiers of requests differ from response to response. */
const withoutNumbers = ({ body }: ReceivedResponse) =>
  body
    .subarray(0, 4096)
    .toString('latin1')
    .replaceAll(/[\da-f]{4,}|\d+/gi, '')

/** The words of a refusal by which frameworks say that a request had no credentials. */
function saysMissing({ body, headers }: ReceivedResponse): string | undefined {
  const text = `${headerValue({ headers }, 'www-authenticate') ?? ''} ${body.subarray(0, 4096).toString('utf8')}`
  const words =
    /(?:credentials|token|header|authorization)[\w ]{0,20}(?:not provided|missing|not found|not present|required|absent)|(?:missing|no|without)(?: an?| the| any)? (?:bearer |access |auth |api )?(?:token|credentials|authorization|jwt)[\w ]{0,20}/i
  return words.exec(text)?.[0].trim()
}

/** When a token expired, in milliseconds; undefined where it has not, or does not say. */
export function expiredAt(token: string): number | undefined {
  const exp = splitToken(token)?.payload.exp
  return typeof exp === 'number' && exp * 1000 <= Date.now() ? exp * 1000 : undefined
}

function describeExpiry(token: string): string {
  const expired = expiredAt(token)
  return expired === undefined ? '' : `; it expired at ${new Date(expired).toISOString()}`
}

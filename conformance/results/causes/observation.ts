import { isJson, isPdf } from '../../catalogue/assertions/assertions.ts'
import { challengesIn } from '../../catalogue/assertions/challenges.ts'
import { controlToken, validToken } from '../../catalogue/probes/minted-tokens.ts'
import type { RunContext } from '../../engine/context.ts'
import { cacheMark } from '../../http/cache-marks.ts'
import type { RawResponse } from '../../http/message.ts'
import type { RequestSpec } from '../../http/request.ts'
import { headerValue, headerValues, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import type { RecordedExchange } from '../evidence/evidence.ts'
import { type Caller, callerOf, unauthenticated } from './caller.ts'

/** One exchange, reduced to what tells it from others: who asked for what and how, and how it was answered. */
export interface Observation {
  /** Of the request in the run: checks that need the same one share it. */
  number: number
  caller: Caller
  /** `other`: a workspace of somebody else, an unknown one, or a path that is not the operation's. */
  resource: 'own' | 'empty' | 'theirs' | 'foreign' | 'unknown' | 'other'
  method: NonNullable<RequestSpec['method']>
  /** What else the request has, as titles name it: `Range`, `a query`, `HTTP/1.0`. */
  traits: string[]
  /** How it was answered: `document`, or the status; `none` where nothing came back. */
  outcome: string
  /** Whether the contract and HTTP allow no such answer to such a request. */
  isUnexpected: boolean
  /** What is wrong with the response whatever was requested, the gravest first. */
  symptoms: Symptom[]
}

/** `detail` tells responses with the same kind of fault apart: a media type, the name of a header. */
export interface Symptom {
  kind:
    | 'framing'
    | 'transferCoding'
    | 'cache'
    | 'mediaType'
    | 'coding'
    | 'noPdf'
    | 'repeatedHeader'
    | 'challenge'
    | 'noJson'
  detail: string
}

export function observe(
  { number, spec, response, request }: RecordedExchange,
  { profile, operation, unknownWorkspace }: RunContext,
): Observation {
  const { method = 'GET' } = spec
  const { outsider } = profile.actors
  const resource = resourceOf(spec, {
    own: operation.pathOf(profile.workspace.id),
    ids: new Map([
      [profile.workspace.id, 'own'],
      [unknownWorkspace, 'unknown'],
      [outsider?.workspace, 'theirs'],
      [profile.emptyWorkspace?.id, 'empty'],
    ]),
  })
  const outcome = response ? outcomeOf(response, method, operation.mediaType) : 'none'
  const seen = {
    number,
    caller: callerOf(spec),
    resource,
    method,
    traits: traitsOf(spec, operation.pathOf(profile.workspace.id)),
    outcome,
  }
  const pinned = profile.expect.outsider
  const isUnexpected = !isExpected(seen, pinned === 'either' ? ['403', '404'] : [String(pinned)])
  const judged = { ...seen, isUnexpected }
  return {
    ...judged,
    symptoms: response ? symptomsOf(response, judged, request.headers, operation.mediaType) : [],
  }
}

function resourceOf(
  { workspace, path, as }: RequestSpec,
  { own, ids }: { own: string; ids: Map<string | undefined, Observation['resource']> },
): Observation['resource'] {
  if (path !== undefined && decoded(path) !== decoded(own)) return 'other'
  const found = workspace === undefined ? 'own' : (ids.get(workspace) ?? 'unknown')
  if (found === 'theirs') return as === 'outsider' ? 'theirs' : 'foreign'
  return found
}

/** Escapes of characters that need none say the same (RFC 3986 §6.2.2.2). */
const decoded = (path: string) =>
  path.replaceAll(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : triplet
  })

/** The trait of a request whose path is given and not the usual one. */
export const otherSpelling = 'another spelling of the path'

/** Credentials that are a trait of the request beside its caller. */
const tellingLabels = ['two credentials', controlToken, validToken]

function traitsOf(
  { as, headers = {}, query, version, onSharedConnection, fresh, path }: RequestSpec,
  usual: string,
): string[] {
  return [
    ...(path === undefined || path === usual ? [] : [otherSpelling]),
    // An empty list leaves the field out.
    ...Object.entries(headers).map(([name, { length }]) => (length === 0 ? `no ${name}` : name)),
    ...(query === undefined ? [] : ['a query']),
    ...(version ? ['HTTP/1.0'] : []),
    ...(onSharedConnection ? ['a kept connection'] : []),
    ...(fresh ? ['a repeated request'] : []),
    ...(typeof as === 'object' && tellingLabels.includes(as.label) ? [as.label] : []),
  ]
}

function outcomeOf(response: ReceivedResponse, method: string, mediaType: string): string {
  const { status } = response
  const isServed = isPdf(response) || (method === 'HEAD' && mediaTypeOf(response) === mediaType)
  if (isServed && status === 200) return 'document'
  return isServed && status >= 400 && method !== 'HEAD' ? `${status} with the document` : String(status)
}

type Seen = Omit<Observation, 'isUnexpected' | 'symptoms'>

/** Whether the caller may have what is there. */
export const isGranted = ({ caller, resource }: Pick<Observation, 'caller' | 'resource'>) =>
  caller === 'member'
    ? resource === 'own' || resource === 'empty'
    : caller === 'outsider' && resource === 'theirs'

/** Liberal: an answer that some request of this kind may have is expected. */
function isExpected(seen: Seen, refusals: string[]): boolean {
  const { caller, resource, method, traits, outcome } = seen
  if (/^[05]|^none| /.test(outcome) && outcome !== '501' && outcome !== '505') return false
  if (method === 'OPTIONS') return outcome !== 'document'
  if (method === 'HEAD' && /^(?:405|501)$/.test(outcome)) return true
  if (traits.includes('HTTP/1.0') && /^(?:400|426|505)$/.test(outcome)) return true
  if (traits.includes('Accept') && outcome === '406') return true
  if (unauthenticated.includes(caller))
    return outcome === '401' || (resource === 'other' && /^[34]/.test(outcome))
  if (resource === 'other') return /^(?:3..|40[345]|414)$/.test(outcome)
  if (resource === 'unknown') return /^40[34]$/.test(outcome)
  if (!isGranted(seen)) return refusals.includes(outcome)
  if (outcome === 'document') return true
  if (traits.some((name) => /range/i.test(name)) && /^(?:206|416|400)$/.test(outcome)) return true
  return traits.some((name) => /^if-/i.test(name)) && /^(?:304|412)$/.test(outcome)
}

const singletons = ['content-type', 'content-length', 'etag', 'date', 'last-modified', 'content-disposition']

function symptomsOf(
  response: ReceivedResponse & Partial<Pick<RawResponse, 'breaches' | 'excess'>>,
  seen: Omit<Observation, 'symptoms'>,
  sent: RecordedExchange['request']['headers'],
  mediaType: string,
): Symptom[] {
  const { status, breaches = [], excess, truncated, body } = response
  const { method, outcome, traits, isUnexpected } = seen
  const found: Symptom[] = []
  const add = (kind: Symptom['kind'], detail = '') => void found.push({ kind, detail })
  if (breaches.length > 0 || truncated || (excess?.length ?? 0) > 0 || status === 0) add('framing')
  const transferCoding = headerValue(response, 'transfer-encoding')?.toLowerCase()
  if (transferCoding !== undefined && transferCoding !== 'chunked') add('transferCoding', transferCoding)
  // A document that a cache has may be for this caller; a refusal is for one request alone.
  if ((isUnexpected || status >= 400) && cacheMark(response)) add('cache')
  const twice = singletons.find((name) => headerValues(response, name).length > 1)
  if (twice) add('repeatedHeader', twice)
  if (status === 401 && !challengesIn(response)?.length) add('challenge')
  if (/[/+]json$/.test(mediaTypeOf(response)) && body.length > 0 && !isJson(body)) add('noJson')
  if (status !== 200 || method === 'OPTIONS' || !isGranted(seen)) return found
  const coding = headerValue(response, 'content-encoding')
  const offered = String(sent['Accept-Encoding'] ?? 'identity')
  if (
    coding &&
    coding !== 'identity' &&
    !offered.replaceAll(/(?<!\w)\w+;q=0/g, '').includes(coding) &&
    !offered.includes('*')
  )
    add('coding', coding)
  const type = mediaTypeOf(response)
  if (method === 'GET' && (!coding || !traits.includes('Accept-Encoding')) && outcome !== 'document')
    add('noPdf', type)
  if (type !== mediaType && !(method === 'HEAD' && type === '')) add('mediaType', type || 'none')
  return found
}

import { posix } from 'node:path'
import { percentDecoded } from '../../../spec/percent-decoded.ts'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { RawResponse } from '../../http/message.ts'
import { headerValue } from '../../http/response.ts'

/**
 * The response to a path as the member requests it. A redirect to the normal form of that path (RFC 3986 §6.2.2, as
 * routers send it) is followed, once: it says no more than that the two are the same resource.
 */
export async function requestNormalized(
  target: Target,
  path: string,
  { base }: RunContext,
): Promise<RawResponse> {
  const response = await target.requestRaw({ path })
  const location = headerValue(response, 'location')
  if (response.status < 300 || response.status >= 400 || location === undefined) return response
  const prefix = base.pathname.replace(/\/$/, '')
  const destination = URL.parse(location, `${base.origin}${prefix}${path}`)
  if (destination?.host !== base.host) return response
  const isNormalForm = normalFormsOf(prefix + path).includes(normalized(destination.pathname))
  if (!isNormalForm || !destination.pathname.startsWith(prefix)) return response
  return target.requestRaw({ path: destination.pathname.slice(prefix.length) })
}

/** Routers resolve dot segments in the path as sent, or once its percent-encoding is undone. */
const normalFormsOf = (path: string) => [normalized(path), normalized(percentDecoded(path))]

const normalized = (path: string) => encodeURI(percentDecoded(posix.normalize(path.replaceAll(/%2e/gi, '.'))))

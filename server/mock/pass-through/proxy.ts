import { readBoundedBody } from '../../../spec/bounded-body.ts'
import { assertNoUserInformation } from '../../http/asked-address.ts'
import { Problem } from '../../http/problem.ts'
import type { Upstream } from './recording.ts'

/** RFC 9110 §7.6.1, and what is between us and either side: fetch has decoded the body, and CORS is our own. */
const notPassedOn =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|content-encoding|accept-encoding|expect|access-control-.*|vary|date)$/

const longestWait = 60_000
const maxBytes = 50 * 2 ** 20

/** Asks another deployment. Redirections are not followed, so credentials reach no other origin. Throws {@link StartError}. */
export function proxyTo(base: string): Upstream {
  assertNoUserInformation('--proxy', base)
  const root = base.replace(/(?<!\/)\/+$/, '')
  return async ({ method, target, headers, body }) => {
    const sent = Object.entries(headers).filter(([name]) => !notPassedOn.test(name) && name !== 'origin')
    try {
      const response = await fetch(root + target, {
        method,
        headers: Object.fromEntries(sent),
        ...(body && { body: new Uint8Array(body) }),
        redirect: 'manual',
        signal: AbortSignal.timeout(longestWait),
      })
      const received: Record<string, string> = {}
      response.headers.forEach((value, name) => {
        if (!notPassedOn.test(name)) received[name] = value
      })
      const bytes = await readBoundedBody(response, maxBytes)
      if (!bytes) {
        const { origin } = new URL(root)
        throw new Problem('bad_gateway', `${origin} responds with more than ${maxBytes / 2 ** 20} MiB.`)
      }
      return { status: response.status, headers: received, ...(bytes.length > 0 && { body: bytes }) }
    } catch (error) {
      if (error instanceof Problem) throw error
      const { message, cause } = error as Error
      const reason = (cause as Error | undefined)?.message || message
      throw new Problem('bad_gateway', `${new URL(root).origin} did not respond: ${reason}.`)
    }
  }
}

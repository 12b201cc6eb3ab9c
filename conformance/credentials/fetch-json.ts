import { readBoundedBody } from '../../spec/bounded-body.ts'

const timeoutMs = 30_000
/** Token responses and key sets have a few kilobytes. */
const maxBytes = 1024 * 1024

/** What an address beside the deployment answered; `json` is undefined where the body is no JSON. */
export interface JsonResponse {
  /** Without user information, for messages. */
  address: string
  status: number
  json: unknown
}

/**
 * Asks an address that the profile names, and no other: a redirect is not followed. Throws an Error that says why
 * there is no answer, and names the address without user information.
 */
export async function fetchJson(url: string, init: RequestInit = {}): Promise<JsonResponse> {
  const { origin, pathname, username, password } = new URL(url)
  const address = origin === 'null' ? url.slice(0, 80) : origin + pathname
  const refuse = (reason: string) => new RefusedError(`${address} ${reason}`)
  if (username !== '' || password !== '')
    throw refuse('is given with a user name or password, which is not sent: take it out of the address')
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal })
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location !== null)
      throw refuse(`redirects to ${location.slice(0, 200)}: give the address that answers`)
    const body = await readBoundedBody(response, maxBytes)
    if (body === undefined) throw refuse(`answered with more than ${maxBytes} bytes`)
    return { address, status: response.status, json: parsed(body.toString('utf8')) }
  } catch (error) {
    if (error instanceof RefusedError) throw error
    if (signal.aborted) throw refuse(`did not answer within ${timeoutMs / 1000} s`)
    const { message, cause } = error as Error
    throw refuse(`cannot be reached: ${cause instanceof Error ? cause.message : message}`)
  }
}

class RefusedError extends Error {}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

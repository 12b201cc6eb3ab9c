import { headerValue, type ReceivedResponse } from '../http/response.ts'
import type { Target } from './target.ts'

/** Of two forms that take turns at random, three in four the first, so many requests miss the other once in 1,000 runs. */
const most = 24

/** Large documents are asked for less often. */
const mostBytes = 256 * 2 ** 20

/**
 * Whether equal requests for the document are given the same bytes with the same tags. PDF libraries that list fonts or
 * objects in the order of a hash table write a few forms of one document at random.
 */
export async function isSteady(target: Target): Promise<boolean> {
  const first = await receive(target)
  if (first?.status !== 200) return true
  for (let count = 1; count < most && count * first.body.length < mostBytes; count++) {
    const next = await receive(target)
    if (next?.status !== 200) return true
    if (formOf(next) !== formOf(first) || !next.body.equals(first.body)) return false
  }
  return true
}

const formOf = (response: ReceivedResponse) =>
  ['etag', 'last-modified', 'content-encoding'].map((name) => headerValue(response, name)).join()

/** Where no response comes, nothing shows that the document changes. */
const receive = (target: Target) => target.request({ fresh: true }).catch(() => undefined)

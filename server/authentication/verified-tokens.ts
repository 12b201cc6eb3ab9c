import type { JWTPayload } from 'jose'
import { BoundedMap } from './bounded-map.ts'

/**
 * Tokens whose signature and claims have been verified with a key that never changes: from then on only time can
 * invalidate them.
 */
export class VerifiedTokens {
  private readonly payloads: BoundedMap<string, JWTPayload>

  constructor(limit: number) {
    this.payloads = new BoundedMap(limit)
  }

  add(token: string, payload: JWTPayload): void {
    this.payloads.set(token, payload)
  }

  /** The claims of a token that is still, or by now, valid (RFC 7519 §4.1.4, §4.1.5). */
  get(token: string, now: Date): JWTPayload | undefined {
    const payload = this.payloads.get(token)
    const seconds = Math.floor(now.getTime() / 1000)
    const { exp = Number.NEGATIVE_INFINITY, nbf = Number.NEGATIVE_INFINITY } = payload ?? {}
    return seconds < exp && seconds >= nbf ? payload : undefined
  }
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { invalidToken } from '../../authentication/challenge.ts'
import { readBearerToken } from '../../authentication/credentials.ts'
import { isFromForeignPage } from '../../http/own-origin.ts'
import { Problem } from '../../http/problem.ts'
import { whyNotLocal } from './locality.ts'

/**
 * The control plane issues tokens for every persona, so it accepts requests from this machine only. With a
 * control token set, it accepts requests from anywhere that send it as bearer token, and no others.
 */
export function protectControlPlane(controlToken: string | undefined): RequestHandler {
  return (request, response, next) => {
    // CORS keeps a foreign page from reading responses, but not from sending requests that change something.
    const isForeign = isFromForeignPage(request) && !response.hasHeader('Access-Control-Allow-Origin')
    if (isForeign)
      throw new Problem(
        'forbidden',
        'Pages of this origin may not use the control plane; --cors allows an origin.',
      )
    if (controlToken !== undefined) {
      if (!isEqual(readBearerToken(request), controlToken))
        throw invalidToken('This is not the control token.')
      return next()
    }
    const reason = whyNotLocal(request)
    if (reason) {
      throw new Problem(
        'forbidden',
        `Without a control token, the control plane answers clients on this machine only. This request may have come from another one: ${reason}. Start the mock with --control-token, and send the token as bearer token.`,
      )
    }
    next()
  }
}

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

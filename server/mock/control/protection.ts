import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { invalidToken } from '../../authentication/challenge.ts'
import { readBearerToken } from '../../authentication/credentials.ts'
import { isFromForeignPage } from '../../http/own-origin.ts'
import { Problem } from '../../http/problem.ts'

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
    } else if (!isLocal(request)) {
      throw new Problem(
        'forbidden',
        'The control plane answers this machine only; --control-token opens it to others.',
      )
    }
    next()
  }
}

// A loopback address is not enough: a proxy on this machine has one for every client, and so has a page whose host
// name was made to resolve to 127.0.0.1 (DNS rebinding).
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers
  // RFC 6761 §6.3: names below `.localhost` always resolve to loopback.
  const isOwnName = /^([a-z0-9.-]+\.)?localhost$/i.test(host) || isLoopback(host)
  return isLoopback(socket.remoteAddress ?? '') && !isForwarded && isOwnName
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$|^\[?::1\]?$/.test(address)
}

function isEqual(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

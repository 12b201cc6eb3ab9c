import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { invalidToken } from '../../authentication/challenge.ts'
import { readBearerToken } from '../../authentication/credentials.ts'
import { Problem } from '../../http/problem.ts'

/**
 * The control plane hands out tokens for anybody, so it answers callers on this machine only; with a
 * control token set, whoever sends that as bearer token, from wherever.
 */
export function protectControlPlane(controlToken: string | undefined): RequestHandler {
  return (request, response, next) => {
    const { origin, host } = request.headers
    // CORS keeps a foreign page from reading answers, but not from sending what changes something here.
    const isForeign =
      origin && origin !== `http://${host}` && !response.hasHeader('Access-Control-Allow-Origin')
    if (isForeign) throw new Problem('forbidden', 'Pages of this origin may not use the control plane.')
    if (controlToken !== undefined) {
      if (!isEqual(readBearerToken(request), controlToken))
        throw invalidToken('This is not the control token.')
    } else if (!isLocal(request)) {
      throw new Problem(
        'forbidden',
        'The control plane answers this machine only, unless it is given a token.',
      )
    }
    next()
  }
}

// A proxy on this machine makes every client look local; one that hides itself and the host's name is a
// page in a browser that had its own name resolve to 127.0.0.1 (DNS rebinding).
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  const isForwarded = 'forwarded' in headers || 'x-forwarded-for' in headers
  // RFC 6761 §6.3 keeps all of `.localhost` on this machine.
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

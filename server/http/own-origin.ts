import type { IncomingMessage } from 'node:http'

/** Whether a page of another origin than this server's sent the request. */
export function isFromForeignPage({ headers, socket }: IncomingMessage): boolean {
  const { origin, host } = headers
  return origin !== undefined && origin !== `${'encrypted' in socket ? 'https' : 'http'}://${host}`
}

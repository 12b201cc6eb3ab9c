import type { IncomingMessage } from 'node:http'

/**
 * Header fields of clients that connect by themselves: browsers, curl, HTTP libraries. An intermediary is recognized by
 * anything else, because the fields by which intermediaries announce themselves have no complete list.
 */
const fieldsOfClients = new Set(
  `accept accept-charset accept-encoding accept-language access-control-request-headers access-control-request-method
  access-control-request-private-network authorization cache-control connection content-encoding content-language
  content-length content-type cookie dnt expect host http2-settings if-match if-modified-since if-none-match if-range
  if-unmodified-since keep-alive origin postman-token pragma prefer priority purpose range referer save-data te trailer
  transfer-encoding upgrade upgrade-insecure-requests user-agent x-requested-with`.split(/\s+/),
)

/**
 * Why a request may have come from another machine; undefined where it came from a client on this one. A loopback
 * address is not enough: a proxy on this machine has one for every client, and so has a page whose host name was made to
 * resolve to 127.0.0.1 (DNS rebinding).
 */
export function whyNotLocal({
  socket,
  headers,
  rawHeaders,
  httpVersion,
}: IncomingMessage): string | undefined {
  const { host, referer, origin } = headers
  if (!isLoopback(socket.remoteAddress ?? '')) return 'it comes from another address'
  const isEncrypted = 'encrypted' in socket
  const own = readAuthority(host, isEncrypted ? 443 : 80)
  if (!own || !isOwnName(own.name) || own.port !== socket.localPort) return 'its Host is not this listener'
  // What nginx sends to an upstream by default: the upstream's own Host, and no other trace of itself.
  if (httpVersion !== '1.1') return `it has HTTP version ${httpVersion}, as proxies send`
  const names = rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
  const added = names.find((name) => !fieldsOfClients.has(name) && !name.startsWith('sec-'))
  if (added !== undefined) return `it has the header field ${added}, which a proxy may have added`
  // A browser that reaches the mock through a proxy names the proxy's origin. Where it sends an Origin, CORS decides.
  if (origin === undefined && referer !== undefined && !isOwnName(hostNameOf(referer)))
    return 'its Referer is on another host'
  return undefined
}

/** RFC 9110 §7.2: the name, and the port, which the scheme's stands for where there is none. */
function readAuthority(host: string | undefined, defaultPort: number) {
  const parts = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(host ?? '')
  return parts ? { name: parts[1]!, port: Number(parts[2] ?? defaultPort) } : undefined
}

function hostNameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}

/** RFC 6761 §6.3: names below `.localhost` always resolve to loopback. */
function isOwnName(name: string): boolean {
  return /^([a-z0-9.-]+\.)?localhost$/i.test(name) || isLoopback(name)
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127(\.\d{1,3}){3}$|^\[?::1\]?$/.test(address)
}

import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIPv6 } from 'node:net'
import { availableParallelism } from 'node:os'
import { clearTimeout, setTimeout } from 'node:timers'
import { type App, type AppOptions, createApp } from './app.ts'
import { type ConnectionLimits, handleInTurn } from './http/handle-in-turn.ts'
import { createLog } from './log.ts'
import { watchSources } from './mock/watch.ts'
import type { ReportRenderer } from './report/renderer.ts'
import { StartError } from './start-error.ts'
import type { Certificate } from './tls/certificate.ts'
import { networkAddresses } from './tls/network-addresses.ts'

export interface ServerOptions extends AppOptions {
  host?: string
  /** 0, the default, takes any free port. */
  port?: number
  /** Threads that render reports; 0: reports are rendered in the event loop. Default: by the number of processors. */
  renderThreads?: number
  /** Serves HTTPS with it; default: HTTP. */
  certificate?: Certificate
  /** Whether to read contract and fixtures again when their files change. */
  watch?: boolean
}

/** A server that listens. */
export interface RunningServer extends App {
  /** With an address that can be opened on this machine. */
  url: string
  /** The same with the addresses at which other machines find it; empty where it listens to this one only. */
  networkUrls: string[]
  /** Refuses new connections and lets responses in progress end, for `graceMs` at most. */
  stop(graceMs?: number): Promise<void>
}

const limits = {
  // Requests carry a token and no large body; anything larger or slower is refused.
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than clients and proxies keep idle connections (60 s and less): a server that closes first loses the request
  // that is just being sent.
  keepAliveTimeout: 75_000,
}

const connectionLimits: ConnectionLimits = { waiting: 100, unreadMs: 30_000 }

/** Throws {@link StartError} if it cannot listen, and what `createApp` throws. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, log = createLog('info'), certificate } = options
  const isOnNetwork = !isLoopback(host)
  const threads = options.render ? 0 : (options.renderThreads ?? defaultThreads())
  // Started first, so that the threads load their modules while the server loads its own.
  const renderer = threads > 0 ? await startRenderer(threads) : undefined
  let app: App | undefined
  let server: Server
  try {
    app = await createApp({ ...(renderer && { render: renderer.render }), isOnNetwork, ...options, log })
    const handle = handleInTurn(app.app, connectionLimits)
    server = certificate
      ? createTlsServer({ ...limits, ...certificate }, handle)
      : createServer(limits, handle)
    await listen(server, host, port)
  } catch (error) {
    app?.close()
    await renderer?.close()
    throw error
  }
  const { endWaits, close } = app
  const { port: listening } = server.address() as AddressInfo
  const urlOf = (name: string) =>
    `http${certificate ? 's' : ''}://${isIPv6(name) ? `[${name}]` : name}:${listening}`
  const endWatch = options.watch ? watchSources(app, options, log) : undefined
  return {
    ...app,
    url: urlOf(openable(host)),
    networkUrls: (isWildcard(host) ? networkAddresses() : isOnNetwork ? [host] : []).map(urlOf),
    stop: async (graceMs = 10_000) => {
      endWatch?.()
      endWaits()
      await stop(server, graceMs)
      close()
      await renderer?.close()
    },
  }
}

const isWildcard = (host: string) => host === '0.0.0.0' || host === '::'
const isLoopback = (host: string) => /^(127(\.\d{1,3}){3}|::1|localhost)$/.test(host)

/** The unspecified address is where a server listens, but nothing that a browser opens. */
function openable(host: string): string {
  if (!isWildcard(host)) return host
  return host === '::' ? '::1' : '127.0.0.1'
}

const rendering = { queue: 100, cacheBytes: 64 * 1024 * 1024 }

/** Leaves one processor to the requests that need no rendering. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1))
}

/** Loaded here: most servers of a test suite render without threads. */
async function startRenderer(threads: number): Promise<ReportRenderer> {
  const { createRenderer } = await import('./report/renderer.ts')
  return createRenderer({ ...rendering, threads })
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const inUse = 'something else listens there; choose another port, or 0 for any free one'
      reject(new StartError(`${host}:${port}`, code === 'EADDRINUSE' ? inUse : message))
    })
    server.listen({ host, port }, resolve)
  })
}

function stop(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const forceClose = setTimeout(() => server.closeAllConnections(), graceMs)
    // Clients keep a connection open after its last response: it becomes idle while the server stops.
    const closeIdle = setInterval(() => server.closeIdleConnections(), 50)
    server.close(() => {
      clearTimeout(forceClose)
      clearInterval(closeIdle)
      resolve()
    })
  })
}

import { setTimeout } from 'node:timers/promises'
import express, { type Express, type Request } from 'express'
import type { Logger } from 'pino'
import type { GivenFixtures } from '../fixtures/load-fixtures.ts'
import type { Random } from '../fixtures/random.ts'
import { readBearerToken } from './authentication/credentials.ts'
import type { IdentityProvider } from './authentication/identity-provider.ts'
import { loadSigningKey, type SigningKey } from './authentication/signing-key.ts'
import { createVerifier } from './authentication/verifier.ts'
import { loadContract, type ServedContract } from './contract.ts'
import { systemRandom } from './domain/random.ts'
import { allowOrigins } from './http/cors.ts'
import { refuseSeveralHosts, removeServerPath, rewriteAbsoluteForm } from './http/request-target.ts'
import { securityHeaders } from './http/security-headers.ts'
import { sendError } from './http/send-error.ts'
import { createLog, logRequests } from './log.ts'
import type { MockControl, SharedControl } from './mock/mock-control.ts'
import { createMockLayer } from './mock/mock-layer.ts'
import { openUpstream, type PassThroughOptions, passThrough } from './mock/pass-through/pass-through.ts'
import type { Renderer } from './operations/handler.ts'
import { type Handlers, handlers } from './operations/index.ts'
import { refuseAsDocumented } from './operations/refuse-as-documented.ts'
import { writeFixtureFiles } from './persistence/fixture-files.ts'
import { openLocalStore } from './persistence/local-store.ts'
import type { Store } from './persistence/store.ts'
import { createService } from './service.ts'

export interface AppOptions {
  /** File of the contract; default ours. */
  spec?: string
  /** A contract that has been read already, instead of a file. */
  contract?: ServedContract
  /** A directory of fixtures, or fixtures as values; default ours. */
  fixtures?: string | GivenFixtures
  /** File that keeps the state across restarts. Where it exists, it takes the place of the fixtures, until a reset. */
  stateFile?: string
  /** URL of a Redis or Valkey that keeps state, rules, journal and signing key, and shares them with other servers. */
  redisUrl?: string
  /** Default: the one that the store has, or else what `ownKey` gives. */
  signingKey?: SigningKey
  /** Default: the key that is kept in the XDG state directory. */
  ownKey?: () => Promise<SigningKey>
  /** An identity provider whose tokens are accepted besides the server's own. */
  provider?: IdentityProvider
  /** Origins whose pages may call; default: any local one. */
  corsOrigins?: string[]
  /** Who responds to what neither contract nor state answers; default: nobody. */
  passThrough?: PassThroughOptions
  /** Whether origins of other machines of the network are local ones. */
  isOnNetwork?: boolean
  /** Milliseconds to wait before each response of an operation. */
  delayMs?: number
  /** Bearer token that opens the control plane from anywhere; default: it is open to this machine only. */
  controlToken?: string
  log?: Logger
  clock?: () => Date
  /** Waits that many milliseconds; rejects as soon as the signal is aborted. */
  sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>
  render?: Renderer
  handlers?: Partial<Handlers>
  /** Source of new ids and of the seeds of scenarios. */
  random?: Random
}

/** The reference server without a socket: for a listener, or for supertest. */
export interface App extends MockControl {
  app: Express
  /** The contract that is served. */
  contract(): ServedContract
  /** Whether there may be replicas, which share state, rules, journal and, unless one was given, the signing key. */
  isShared: boolean
  /** The same control over all replicas. */
  shared: SharedControl
  /** Writes the state as a directory of fixtures, which may be the `fixtures` of another app. */
  saveFixtures(directory: string): Promise<void>
  /**
   * Reads a source again. Returns whether it is in use by then: a state that outlives the process stays until a reset. Throws
   * what is wrong with the source, and then keeps the last valid one in use.
   */
  reload(source: 'contract' | 'fixtures'): Promise<boolean>
  /** Ends every wait of scenarios and preferences. */
  endWaits(): void
  /** Lets other processes use the state file, and leaves Redis. Nothing may be changed afterwards. */
  close(): void
}

/** Throws an error that names file, place and reason if contract, fixtures or signing key cannot be used. */
export async function createApp(options: AppOptions = {}): Promise<App> {
  const { log = createLog('info'), clock = () => new Date(), random = systemRandom } = options
  const { render = renderInProcess, delayMs = 0, provider, controlToken } = options
  const { ownKey = loadSigningKey } = options
  const store = await openStore(options, { log, clock })
  const key = options.signingKey ?? store.signingKey ?? (await ownKey())
  const closing = new AbortController()
  const wait = options.sleep ?? ((ms, signal) => setTimeout(ms, undefined, { ...(signal && { signal }) }))
  const sleep = (ms: number, signal: AbortSignal) => wait(ms, AbortSignal.any([closing.signal, signal]))

  const readContract = async () => options.contract ?? (await loadContract(options.spec))
  let contract = await readContract()
  const { own, shared, journal, refresh, controlPlane, send, ...performing } = createMockLayer({
    store,
    contract: () => contract,
    key,
    provider,
    controlToken,
    clock,
    random,
    sleep,
    render,
    log,
  })
  const verify = createVerifier(key, clock, provider)
  const serve = (contract: ServedContract) =>
    createService({
      contract,
      handlers: options.handlers ?? handlers,
      authenticate: async (request: Request) => verify(readBearerToken(request)),
      state: store.state,
      resources: () => ({ render, now: clock(), random }),
      ...performing,
      delayMs,
      sleep,
      log,
    })
  const upstream = openUpstream(options.passThrough ?? {})
  const open = (contract: ServedContract) => {
    const own = serve(contract)
    const service = upstream ? passThrough(own, upstream, () => contract.operations) : own
    return refuseAsDocumented(service, contract)
  }
  let service = open(contract)

  const app = express()
  app.disable('x-powered-by').disable('etag')
  app.use(logRequests(log))
  app.use(rewriteAbsoluteForm)
  app.use(journal)
  app.use(securityHeaders)
  const { corsOrigins: origins, isOnNetwork } = options
  app.use(allowOrigins({ origins, isOnNetwork, operations: () => contract.operations }))
  app.use(refuseSeveralHosts)
  app.use(refresh)
  app.use(controlPlane)
  app.use(removeServerPath(() => contract.serverPaths))
  app.use(async (request, response) => send(response, await service(request, response)))
  app.use(sendError(log, send))

  return {
    app,
    ...own,
    contract: () => contract,
    isShared: store.isShared,
    shared,
    saveFixtures: (directory) => writeFixtureFiles(store.state.current(), directory),
    async reload(source) {
      if (source === 'fixtures') return store.reloadFixtures()
      contract = await readContract()
      service = open(contract)
      return true
    },
    endWaits: () => closing.abort(),
    close: store.close,
  }
}

async function openStore(
  { redisUrl, fixtures, stateFile }: AppOptions,
  { log, clock }: { log: Logger; clock: () => Date },
): Promise<Store> {
  if (!redisUrl) return openLocalStore({ fixtures, stateFile, log, clock })
  const { openRedisStore } = await import('./persistence/redis/redis-store.ts')
  return openRedisStore(redisUrl, { fixtures, log })
}

// Loading it takes a while, because of its fonts; a server that renders in threads does not need it here.
const renderInProcess: Renderer = async (data) => (await import('./report/render.ts')).renderReport(data)

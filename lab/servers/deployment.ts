import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { type Authority, createAuthority } from './authority.ts'
import type { Behaviour } from './behaviour.ts'
import type { Declaration } from './declaration.ts'
import type { Exchange } from './exchange.ts'
import { handle } from './handle.ts'
import { type DeploymentProfile, writeProfile } from './profile.ts'
import { referenceBehaviour } from './reference-behaviour.ts'
import { createSeedData, type SeedData } from './seed-data.ts'
import { certificate } from './tls.ts'
import { transmit } from './transmit.ts'

export interface Running {
  baseUrl: string
  /** A full profile of this deployment: every token, the signing key, every workspace. */
  profile: DeploymentProfile
  authority: Authority
  seedData: SeedData
  close(): Promise<void>
}

/** Starts a deployment on a free port of the loopback interface. */
export async function startDeployment(declaration: Declaration): Promise<Running> {
  const { algorithm = 'HS256', reach = {} } = declaration
  const behaviour: Behaviour = { ...referenceBehaviour, ...declaration.behaviour }
  const authority = await createAuthority(algorithm)
  const seedData = behaviour.seedData(createSeedData())
  const listener = listen(behaviour, { authority, seedData, memory: new Map(), prefix: reach.prefix ?? '' })
  const server = reach.tls ? createTlsServer(tlsOptions(reach.tls), listener) : createServer(listener)
  const host = reach.host ?? '127.0.0.1'
  await new Promise<void>((resolve) => server.listen(0, host, resolve))

  const { port } = server.address() as AddressInfo
  const authorityPart = `${host === '::1' ? '[::1]' : reach.tls ? 'localhost' : host}:${port}`
  const baseUrl = `${reach.tls ? 'https' : 'http'}://${authorityPart}${reach.prefix ?? ''}`
  const { profile, remove } = await writeProfile({ baseUrl, authority, seedData, declaration })
  return { baseUrl, profile, authority, seedData, close: () => stop(server).then(remove) }
}

/** Starts several; the results are in the same order. */
export function startMany(declarations: Declaration[]): Promise<Running[]> {
  return Promise.all(declarations.map(startDeployment))
}

function listen(
  behaviour: Behaviour,
  { prefix, ...shared }: Pick<Exchange, 'authority' | 'seedData' | 'memory'> & { prefix: string },
): RequestListener {
  return async (request, response) => {
    const [target = '', query = ''] = (request.url ?? '').split(/\?(.*)/s)
    const path = target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : '/'
    const method = request.method ?? ''
    const exchange: Exchange = { request, method, path, query: new URLSearchParams(query), ...shared }
    request.resume()
    try {
      await transmit(await handle(behaviour, exchange), { exchange, behaviour, response })
    } catch (error) {
      // Logged: a bug here would look like a deployment that resets connections.
      if (!request.socket.destroyed) console.error(error)
      response.destroy()
    }
  }
}

function tlsOptions({
  certificate: name,
  maxVersion,
}: NonNullable<NonNullable<Declaration['reach']>['tls']>) {
  // OpenSSL allows the old versions at its lowest security level only.
  const old = maxVersion && ({ minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' } as const)
  return { ...certificate(name), ...old }
}

function stop(server: Server & { closeAllConnections?(): void }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections?.()
  })
}

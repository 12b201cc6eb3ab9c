import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { sample } from '../../../vitest.sampling.ts'
import { allChecks } from '../../catalogue/catalogue.ts'
import { areaOf } from '../../catalogue/check.ts'
import { usageExport } from '../../operations/usage-export.ts'
import { type Profile, readProfile } from '../../profile.ts'
import { describeContract } from '../../results/contract.ts'
import { ownDeployment } from '../../vitest.deployment.ts'
import { pdfReader } from '../../vitest.pdf-reader.ts'
import { type RunOptions, runSuite } from '../run.ts'
import { isRendered } from './in-memory-deployment.ts'
import { planSuite } from './plan-suite.ts'

const { baseUrl, profile } = ownDeployment()
const tool = { name: 'altostrat-contract', version: '1.0.0' }
const contract = await describeContract()
const options = (base: string, more: Partial<RunOptions> = {}): RunOptions => ({
  baseUrl: base,
  checks: allChecks,
  tool,
  contract,
  failOn: 'contract',
  env: {},
  ...more,
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(server: Server): Promise<string> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Passes everything on, and reads along: a request begins where a client speaks after the answer to the one before. */
async function readAlong(target: URL): Promise<{ url: string; seen: { request: string; status: number }[] }> {
  const seen: { request: string; status: number }[] = []
  const url = await listen(
    createServer((client) => {
      let exchange: (typeof seen)[number] | undefined
      const server = connect(Number(target.port), target.hostname)
      client.on('data', (bytes) => {
        const request = bytes.toString('latin1').split('\r\n')[0]!
        if (exchange && exchange.status === 0) return
        exchange = { request, status: 0 }
        seen.push(exchange)
      })
      server.on('data', (bytes) => {
        if (exchange) exchange.status ||= Number(bytes.toString('latin1', 9, 12))
      })
      client.pipe(server).pipe(client)
      for (const socket of [client, server]) socket.on('error', () => client.destroy())
    }),
  )
  return { url, seen }
}

const essential = (): Profile => ({
  ...profile,
  actors: { member: profile.actors.member },
  minting: undefined!,
  workspace: { id: profile.workspace.id, usage: 'either' },
})

describe('the plan', () => {
  test.each(
    sample<[string, () => Profile]>(2, [
      ['the essential profile', essential],
      ['the full profile', () => profile],
    ]),
  )('counts what a run on our own server sends and has rendered: %s', async (_, given) => {
    const { url, seen } = await readAlong(new URL(baseUrl))
    const asked = options(url, { checks: sample(8, allChecks) })
    const plan = await planSuite(given(), asked)
    expect(seen).toEqual([])
    const report = await runSuite(given(), { ...asked, pdfReader })
    const rendered = seen.filter(({ request, status }) => {
      const [method = '', path = ''] = request.split(' ')
      return isRendered(usageExport, { method: method as 'GET', path, headers: {} }, { status })
    })
    expect({ requests: plan.requests, renderings: plan.renderings }).toEqual({
      requests: seen.length,
      renderings: rendered.length,
    })
    const skipped = report.checks.filter(({ outcome }) => outcome === 'skipped')
    expect(plan.checks.filter(({ plan }) => plan === 'skip').map(({ id, reason }) => [id, reason])).toEqual(
      skipped.map(({ id, reason }) => [id, reason]),
    )
  })

  test('connects nowhere: not to the deployment, not for tokens, not for keys', async () => {
    let connections = 0
    const url = await listen(createServer(() => connections++))
    const asked = readProfile(
      JSON.stringify({
        actors: {
          member: {
            token: {
              clientCredentials: {
                tokenUrl: `${url}/token`,
                clientId: 'a',
                clientSecret: { value: 'secret-of-a' },
              },
            },
          },
          outsider: { token: { command: `node -e "fetch('${url}')"` } },
        },
        minting: { alg: 'RS256', key: { command: `node -e "fetch('${url}')"` } },
        jwks: `${url}/jwks.json`,
        workspace: { id: 'ws_1', organizations: { api: true } },
      }),
      'profile',
    )
    const plan = await planSuite(asked, options(url))
    expect(connections).toBe(0)
    expect(plan.assumed).toEqual(['actors.member.token', 'actors.outsider.token', 'minting.key'])
    expect(plan.checks.filter(({ plan }) => plan === 'run').length).toBeGreaterThan(60)
    expect(plan.requests).toBeGreaterThan(60)
  })

  test('says what is skipped and why, what cannot be had, and what keeps the run from starting', async () => {
    const without = { ...profile, actors: { ...profile.actors, outsider: { token: { env: 'NOT_SET' } } } }
    const checks = allChecks.filter((check) => ['AUTH', 'TENANCY'].includes(areaOf(check)))
    const skipped = new Map([['AUTH-001', 'left out']])
    const plan = await planSuite(without, options(baseUrl, { checks, skipped }))
    expect(plan.checks.find(({ id }) => id === 'AUTH-001')).toMatchObject({
      plan: 'skip',
      reason: 'left out',
    })
    const blocked = plan.checks.filter(({ plan }) => plan === 'blocked')
    expect(blocked.length).toBeGreaterThan(0)
    for (const { reason } of blocked) expect(reason).toContain('NOT_SET is not set')

    const stopped = { ...profile, actors: { member: { token: { env: 'NOT_SET' } } } }
    expect(await planSuite(stopped, options(baseUrl, { checks }))).toMatchObject({
      requests: 0,
      problem: expect.stringContaining('NOT_SET is not set'),
    })
  })
})

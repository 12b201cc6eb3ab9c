import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterEach, describe, expect, test } from 'vitest'
import { loadDocument } from '../../spec/document.ts'
import { allChecks } from '../catalogue/catalogue.ts'
import type { Check, Level } from '../catalogue/check.ts'
import { usageExport } from '../operations/usage-export.ts'
import { reports } from '../results/formats/index.ts'
import { exitCode, type Report } from '../results/report.ts'
import { SetupError } from '../setup-error.ts'
import { ownDeployment } from '../vitest.deployment.ts'
import { type RunOptions, runSuite } from './run.ts'

const { baseUrl, profile } = ownDeployment()
const { title, version, sha256 } = await loadDocument()

function run(options: Partial<RunOptions> = {}): Promise<Report> {
  const tool = { name: 'altostrat-contract', version: '1.0.0' }
  const contract = { title, version, sha256 }
  return runSuite(profile, {
    baseUrl,
    checks: allChecks,
    tool,
    contract,
    failOn: 'contract',
    env: {},
    ...options,
  })
}

function checkThat(run: Check['run'], level: Level = 'contract'): Check {
  const rest: Pick<Check, 'covers' | 'needs' | 'mutations'> = {
    covers: [],
    needs: [],
    mutations: [{ title: 'none' }],
  }
  return { id: 'TEST-001', title: 'A check', level, source: usageExport.inContract(), run, ...rest }
}

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('outcomes', () => {
  test.each<[string, Check['run'], Report['checks'][number]['outcome'], string]>([
    ['a check that ends', async () => {}, 'passed', ''],
    ['a broken assertion', async () => assert.fail('one is two'), 'failed', 'one is two'],
    ['a precondition', () => Promise.reject(new SetupError('no such token')), 'cantTell', 'no such token'],
    [
      'an accident',
      () => Promise.reject(new TypeError('oops')),
      'cantTell',
      'the check itself broke: TypeError: oops',
    ],
  ])('%s', async (_, body, outcome, reason) => {
    const [result] = (await run({ checks: [checkThat(body)] })).checks
    expect(result?.outcome).toBe(outcome)
    expect(result?.reason.split('\n')[0]).toBe(reason)
  })

  test('what the profile does not give is skipped with the reason', async () => {
    const check = { ...checkThat(async () => {}), needs: ['https' as const] }
    const [result] = (await run({ checks: [check] })).checks
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'the base URL is not https' })
  })
})

describe('verdict and exit code', () => {
  const failing = (level: Level) => checkThat(async () => assert.fail('no'), level)

  test.each<[Level, Level, number]>([
    ['contract', 'contract', 1],
    ['http', 'contract', 0],
    ['http', 'http', 1],
    ['advice', 'http', 0],
    ['advice', 'advice', 1],
  ])('a failed %s check with --fail-on %s ends with %i', async (level, failOn, code) => {
    const report = await run({ checks: [failing(level)], failOn })
    expect(exitCode(report)).toBe(code)
    expect(report.verdict).toBe(code === 1 ? 'nonconforming' : 'conforming')
  })

  test('a check that cannot tell makes the run inconclusive', async () => {
    const report = await run({ checks: [checkThat(() => Promise.reject(new SetupError('?')))] })
    expect([report.verdict, exitCode(report)]).toEqual(['inconclusive', 3])
  })

  test('a failure in the baseline is known and does not count; a listed check that passes is stale', async () => {
    const baseline = [{ id: 'TEST-001' as const, reason: 'ticket 7', since: '2026-01-01' }]
    const known = await run({ checks: [failing('contract')], baseline })
    expect([known.checks[0]?.outcome, exitCode(known)]).toEqual(['known', 0])
    const stale = await run({ checks: [checkThat(async () => {})], baseline })
    expect([stale.checks[0]?.isStale, exitCode(stale)]).toEqual([true, 1])
  })
})

describe('preflight', () => {
  test('where nobody listens, nothing is decided and one sentence says why', async () => {
    const report = await run({ baseUrl: 'http://127.0.0.1:1' })
    expect([report.verdict, exitCode(report)]).toEqual(['inconclusive', 3])
    expect(report.problem).toMatch(/nobody listens there \(ECONNREFUSED\)/)
    expect(new Set(report.checks.map(({ outcome }) => outcome))).toEqual(new Set(['cantTell']))
  })

  test.each([
    [401, /token is refused/],
    [403, /may not export/],
    [404, /no workspace/],
    [503, /busy/],
  ])('a member who is answered %i gives no verdict', async (status, sentence) => {
    const busy = await serve((_, response) => response.writeHead(status, { 'Retry-After': '3600' }).end())
    const report = await run({ baseUrl: busy })
    expect(report.problem).toMatch(sentence)
    expect(report.summary.failed).toBe(0)
  })

  test('a token that no field can hold is named, and not shown', async () => {
    const broken = { ...profile, actors: { member: { token: { value: 'two\nlines-of-a-secret' } } } }
    const options = {
      baseUrl,
      checks: [],
      tool: { name: 'x', version: '1' },
      contract: { title, version, sha256 },
    }
    const { problem } = await runSuite(broken, { ...options, failOn: 'contract', env: {} })
    expect(problem).toBe('actors.member.token: blanks or line breaks are in the token')
  })

  test.each<[string, RequestListener, RegExp]>([
    [
      'a login page',
      (_, response) => response.setHeader('Content-Type', 'text/html').end('<form></form>'),
      /with an HTML page \(200\): check the base URL/,
    ],
    [
      'a redirect to a login',
      ({ url }, response) =>
        response.writeHead(302, { Location: `/login?to=${encodeURIComponent(url ?? '')}` }).end(),
      /with a redirect to \/login \(302\): check the base URL/,
    ],
    [
      'a gateway with nothing behind it',
      (_, response) => response.writeHead(502).end(),
      /with the 502 of a gateway: check the base URL, that the deployment runs/,
    ],
  ])('%s at every address is not the deployment', async (_, listener, sentence) => {
    const report = await run({ baseUrl: await serve(listener) })
    expect(report.problem).toMatch(sentence)
    expect([report.verdict, report.summary.failed]).toEqual(['inconclusive', 0])
  })

  test.each<[string, (response: ServerResponse) => void]>([
    ['an HTML page', (response) => response.setHeader('Content-Type', 'text/html').end('<p>Report</p>')],
    [
      'a redirect',
      (response) => response.writeHead(302, { Location: 'https://cdn.example/usage.pdf' }).end(),
    ],
  ])('%s at the export alone is a failure of the deployment', async (_, respond) => {
    const odd = await serve(({ url, headers }, response) =>
      url?.endsWith('usage.pdf') && headers.authorization ? respond(response) : response.writeHead(404).end(),
    )
    const report = await run({
      baseUrl: odd,
      checks: allChecks.filter(({ id }) => id === 'CONTRACT-001' || id === 'CONTRACT-002'),
    })
    expect([report.problem, report.verdict]).toEqual([undefined, 'nonconforming'])
  })

  test('a token that expires during the run turns refusals into nothing', async () => {
    let asked = 0
    const forgetful = await serve((_, response) =>
      response.writeHead(asked++ === 0 ? 200 : 401).end('%PDF-1.7'),
    )
    const report = await run({
      baseUrl: forgetful,
      checks: allChecks.filter(({ id }) => id === 'CONTRACT-004'),
    })
    expect(report.checks[0]).toMatchObject({
      outcome: 'cantTell',
      reason: expect.stringContaining('outlives the run'),
    })
  })
})

test('a deployment is not blamed for refusing a token that has expired meanwhile', async () => {
  const exp = Math.ceil(Date.now() / 1000) + 1
  const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${segment({ alg: 'none' })}.${segment({ exp })}.c2lnbmF0dXJl`
  const strict = await serve((_, response) =>
    response.writeHead(Date.now() < exp * 1000 ? 200 : 401).end('%PDF-1.7'),
  )
  const askLate = checkThat(async (target) => {
    while (Date.now() < exp * 1000) await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal((await target.request({ fresh: true })).status, 200)
  })
  const report = await runSuite(
    { ...profile, actors: { member: { token: { value: token } } } },
    {
      baseUrl: strict,
      checks: [askLate],
      tool: { name: 'x', version: '1' },
      contract: { title, version, sha256 },
      failOn: 'contract',
      env: {},
    },
  )
  expect(report.checks[0]).toMatchObject({
    outcome: 'cantTell',
    reason: expect.stringMatching(/it expired at/),
  })
})

describe('what is written', () => {
  test('our own server conforms, and the report is what its schema says', async () => {
    const report = await run()
    expect(report.checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'cantTell')).toEqual([])
    expect(exitCode(report)).toBe(0)
    const ajv = addFormats.default(new Ajv({ strict: true }))
    const validate = ajv.compile(
      JSON.parse(readFileSync(new URL('../results/report.schema.json', import.meta.url), 'utf8')),
    )
    validate(JSON.parse(reports.json(report)))
    expect(validate.errors).toBeNull()
  })

  test('no format, progress or evidence holds a credential, not even where the deployment echoes it', async () => {
    const echo = await serve(({ headers, url }, response) => {
      response.setHeader('X-Echo', [
        headers.authorization ?? '',
        encodeURIComponent(headers.authorization ?? ''),
      ])
      response.setHeader(
        'WWW-Authenticate',
        `Bearer realm="${Buffer.from(headers.authorization ?? '').toString('base64')}"`,
      )
      response.end(`%PDF-1.7 ${headers.authorization} ${url}`)
    })
    const written: string[] = []
    const report = await run({
      baseUrl: echo,
      extraHeaders: { 'X-Api-Key': 'key-of-the-gateway' },
      onProgress: (result) => written.push(JSON.stringify(result)),
      onEvidence: (_, exchanges, redactor) => {
        written.push(JSON.stringify(redactor.data(exchanges.map(({ response: _, ...rest }) => rest))))
        for (const { response } of exchanges)
          if (response) written.push(redactor.bytes(response.body).toString('latin1'))
      },
    })
    expect(report.summary.failed).toBeGreaterThan(0)
    for (const render of Object.values(reports)) written.push(render(report, { color: false }))
    const secrets = Object.values(profile.actors).map(({ token }) => (token as { value: string }).value)
    const parts = secrets.flatMap((secret) => [
      secret,
      ...secret.split('.').slice(1),
      Buffer.from(secret).toString('base64'),
    ])
    for (const part of [...parts, 'key-of-the-gateway']) expect(written.join('\n')).not.toContain(part)
  })

  test('every format shows a failure with its clause', async () => {
    const report = await run({ checks: [checkThat(async () => assert.fail('broken <here>'))] })
    for (const render of Object.values(reports)) {
      const text = render(report, { color: false })
      expect(text).toContain('TEST-001')
      expect(text).toMatch(/broken (<|&lt;)here/)
    }
  })
})

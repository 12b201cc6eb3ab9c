import assert from 'node:assert/strict'
import type { RequestListener, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { allChecks } from '../catalogue/catalogue.ts'
import { systemClock } from '../http/clock.ts'
import { exitCode } from '../results/report.ts'
import { runSuite } from './run.ts'
import { baseUrl, checkThat, contract, profile, run, serve } from './vitest.suite-run.ts'

/** Waits no time. */
const clock = { ...systemClock, sleep: async () => {} }

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

  test.each<[string, RequestListener, RegExp]>([
    [
      'a deployment that answers like Django where the header does not arrive',
      (_, response) =>
        response
          .writeHead(401, { 'WWW-Authenticate': 'Bearer realm="api"' })
          .end('{"detail":"Authentication credentials were not provided."}'),
      /^the deployment says that no token came .*let the proxies before it pass the Authorization header on/,
    ],
    [
      'a refusal that is the same without a token',
      (_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end(`no ${Math.random()}`),
      /^the member's token is refused \(401\): put a valid one .* it may not reach the deployment/,
    ],
    [
      'a refusal that tells a token from none',
      ({ headers }, response) =>
        response
          .writeHead(401, {
            'WWW-Authenticate': headers.authorization ? 'Bearer error="invalid_token"' : 'Bearer',
          })
          .end(),
      /^the member's token is refused \(401\): put a valid one at actors\.member\.token$/,
    ],
    [
      'a proxy with a login of its own',
      (_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="staging"' }).end(),
      /asks for basic credentials, not for a bearer token: check the base URL/,
    ],
  ])('%s: the likeliest cause comes first', async (_, listener, sentence) => {
    const { problem } = await run({ baseUrl: await serve(listener) })
    expect(problem).toMatch(sentence)
  })

  test.each<[string, (url: string, response: ServerResponse) => void, RegExp]>([
    [
      'that says so',
      (_, response) => response.writeHead(401, { Age: '7' }).end(),
      /by a shared cache \(Age: 7\)/,
    ],
    [
      'that keeps silent',
      (url, response) => response.writeHead(url.includes('?') ? 200 : 401).end('%PDF-1.7'),
      /by a shared cache \(with \?altostrat-contract=\d+ the answer is 200\)/,
    ],
  ])('a shared cache %s is named where it refuses the member', async (_, respond, sentence) => {
    let requests = 0
    const cached = await serve(({ url }, response) =>
      requests++ === 0 ? response.end('%PDF-1.7') : respond(url!, response),
    )
    const report = await run({ baseUrl: cached, checks: allChecks.filter(({ id }) => id === 'CONTRACT-004') })
    expect(report.checks[0]).toMatchObject({ outcome: 'cantTell', reason: expect.stringMatching(sentence) })
  })

  test('a token that no field can hold is named, and not shown', async () => {
    const broken = { ...profile, actors: { member: { token: { value: 'two\nlines-of-a-secret' } } } }
    const options = {
      baseUrl,
      checks: [],
      tool: { name: 'x', version: '1' },
      contract,
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
    const report = await run({ baseUrl: await serve(listener), clock })
    expect(report.problem).toMatch(sentence)
    expect([report.verdict, report.summary.failed]).toEqual(['inconclusive', 0])
  })

  test.each([
    [500, ['CONTRACT-013']],
    [503, []],
  ])(
    'a deployment that answers %i at first is asked again, and what it does then is judged',
    async (status, failing) => {
      let asked = 0
      const starting = await serve((_, response) => {
        asked += 1
        if (asked <= 4) response.writeHead(status).end()
        else response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF-1.7')
      })
      const checks = allChecks.filter(({ id }) =>
        ['CONTRACT-001', 'CONTRACT-002', 'CONTRACT-013'].includes(id),
      )
      const report = await run({ baseUrl: starting, clock, checks })
      expect(report.problem).toBeUndefined()
      const failed = report.checks.filter(({ outcome }) => outcome !== 'passed')
      expect(failed.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(failing.map((id) => `${id} failed`))
    },
  )

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
    let requests = 0
    const expiring = await serve((_, response) =>
      response.writeHead(requests++ === 0 ? 200 : 401).end('%PDF-1.7'),
    )
    const report = await run({
      baseUrl: expiring,
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
  const requestAfterExpiry = checkThat(async (target) => {
    while (Date.now() < exp * 1000) await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal((await target.request({ fresh: true })).status, 200)
  })
  const report = await runSuite(
    { ...profile, actors: { member: { token: { value: token } } } },
    {
      baseUrl: strict,
      checks: [requestAfterExpiry],
      tool: { name: 'x', version: '1' },
      contract,
      failOn: 'contract',
      env: {},
    },
  )
  expect(report.checks[0]).toMatchObject({
    outcome: 'cantTell',
    reason: expect.stringMatching(/it expired at/),
  })
})

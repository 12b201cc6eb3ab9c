import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { sample } from '../../vitest.sampling.ts'
import { allChecks } from '../catalogue/catalogue.ts'
import type { Check, Level } from '../catalogue/check.ts'
import { verifyFormats } from '../results/formats/index.ts'
import { exitCode, type Report } from '../results/report.ts'
import { SetupError } from '../setup-error.ts'
import { checkThat, profile, run, serve } from './vitest.suite-run.ts'

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

  test('what a check found loses its secrets once, and is not copied again for the report', async () => {
    const shown: unknown[] = []
    const checks = [checkThat(async (target) => void (await target.request()))]
    const report = await run({ checks, onProgress: ({ evidence }) => shown.push(evidence) })
    expect(report.checks[0]!.evidence).toBe(shown[0])
    expect(report.checks[0]!.evidence[0]!.request.headers).toMatchObject({
      Authorization: 'Bearer $MEMBER_TOKEN',
    })
    expect(report.checks[0]!.evidence[0]!.curl).toContain('"Authorization: Bearer $MEMBER_TOKEN"')
  })

  test('an accident names no path of this machine', async () => {
    const [result] = (await run({ checks: [checkThat(() => Promise.reject(new TypeError('oops')))] })).checks
    expect(result?.reason).toMatch(/\nat engine\/[\w.-]+:\d+/)
    expect(result?.reason).not.toContain(process.cwd())
  })

  test('a list that cannot be read is told by one check', async () => {
    const url = await serve(({ url }, response) =>
      url?.endsWith('.pdf') ? response.end('%PDF-1.7') : response.end('{"data":null}'),
    )
    const checks = allChecks.filter(({ id }) => id.startsWith('CONTENT-'))
    const workspace = { ...profile.workspace, organizations: { api: true } as const }
    const report = await run({ baseUrl: url, checks, profile: { ...profile, workspace } })
    const reasons = report.checks
      .map(({ reason }) => reason)
      .filter((reason) => reason.includes('organizations'))
    expect(reasons).toEqual([expect.stringMatching(/GET .* holds no array of organizations/)])
  })

  test('refusals of minted tokens prove nothing where the deployment does not know the key', async () => {
    const minting = { alg: 'HS256', key: { value: 'of another deployment than this one' } }
    const actors = { member: profile.actors.member }
    const ids = ['TOKEN-005', 'TOKEN-009', 'TOKEN-014', 'TOKEN-023', 'TOKEN-026', 'TOKEN-028']
    const checks = allChecks.filter(({ id }) => ids.includes(id))
    const report = await run({ checks, profile: { ...profile, actors, minting }, repeatsReasons: true })
    expect(report.checks.map(({ id, outcome }) => [id, outcome])).toEqual(ids.map((id) => [id, 'cantTell']))
    expect(report.checks[0]?.reason).toMatch(/signs with minting\.key.* is answered 401/)
  })

  describe('documents are compared', () => {
    const comparing = {
      ...checkThat(async (target) => {
        const [one, two] = [await target.request(), await target.request({ fresh: true })]
        assert.equal(String(one.body), String(two.body))
      }),
      comparesDocuments: true as const,
    }
    const outcomeWhere = async (formOf: (count: number) => number) => {
      let count = 0
      // The first request is the one that the run begins with.
      const url = await serve((_, response) =>
        response.setHeader('Content-Type', 'application/pdf').end(`%PDF-1.7\n%${formOf(count++)}`),
      )
      const [result] = (await run({ baseUrl: url, checks: [comparing] })).checks
      return result
    }

    test('and take turns at random: the check is skipped, and says why', async () => {
      expect(await outcomeWhere((count) => Number(count % 8 === 1))).toMatchObject({
        outcome: 'skipped',
        reason: expect.stringContaining('bytes or tags differ'),
      })
    })

    test('and only one was another: the check fails', async () => {
      expect(await outcomeWhere((count) => Number(count === 1))).toMatchObject({ outcome: 'failed' })
    })
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

  test('a run that decided nothing is inconclusive, whatever the level of its checks', async () => {
    const undecided: Check = { ...checkThat(() => Promise.reject(new SetupError('?'))), level: 'http' }
    expect((await run({ checks: [undecided], failOn: 'contract' })).verdict).toBe('inconclusive')
    const decided = checkThat(async () => undefined)
    expect((await run({ checks: [undecided, decided], failOn: 'contract' })).verdict).toBe('conforming')
  })

  test('a failure in the baseline is known and does not count; a listed check that passes is stale', async () => {
    const baseline = [{ id: 'TEST-001' as const, reason: 'ticket 7', since: '2026-01-01' }]
    const known = await run({ checks: [failing('contract')], baseline })
    expect([known.checks[0]?.outcome, exitCode(known)]).toEqual(['known', 0])
    const stale = await run({ checks: [checkThat(async () => {})], baseline })
    expect([stale.checks[0]?.isStale, exitCode(stale)]).toEqual([true, 1])
  })
})

describe('what is written', () => {
  test('our own server conforms, and the report is what its schema says', async () => {
    const report = await run({ checks: sample(6, allChecks) })
    expect(report.checks.filter(({ outcome }) => outcome === 'failed' || outcome === 'cantTell')).toEqual([])
    expect(exitCode(report)).toBe(0)
    const ajv = addFormats.default(new Ajv({ strict: true }))
    const validate = ajv.compile(
      JSON.parse(readFileSync(new URL('../results/report.schema.json', import.meta.url), 'utf8')),
    )
    validate(JSON.parse(verifyFormats.json.render(report)))
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
      checks: sample(16, allChecks),
      extraHeaders: { 'X-Api-Key': 'key-of-the-gateway' },
      onProgress: (result) => written.push(JSON.stringify(result)),
      onEvidence: (_, exchanges, redactor) => {
        written.push(JSON.stringify(redactor.data(exchanges.map(({ response: _, ...rest }) => rest))))
        for (const { response } of exchanges)
          if (response) written.push(redactor.bytes(response.body).toString('latin1'))
      },
    })
    expect(report.summary.failed).toBeGreaterThan(0)
    for (const { render } of Object.values(verifyFormats)) written.push(render(report, { color: false }))
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
    for (const { render } of Object.values(verifyFormats)) {
      const text = render(report, { color: false })
      expect(text).toContain('TEST-001')
      expect(text).toMatch(/broken (<|&lt;)here/)
    }
  })
})

describe('a developer can send a failing request again', () => {
  const broken = () =>
    serve(({ headers }, response) => {
      const isMember =
        headers.authorization === `Bearer ${(profile.actors.member.token as { value: string }).value}`
      response.writeHead(isMember ? 200 : 500).end(isMember ? '%PDF-1.7' : '')
    })
  const commandsOf = async (id: string) => {
    const checks = allChecks.filter((check) => check.id === id)
    const { checks: results } = await run({ baseUrl: await broken(), checks })
    expect(results[0]?.outcome).toBe('failed')
    return results[0]!.evidence.map(({ curl }) => curl).at(-1)
  }

  test('with a made-up token: it is printed', async () => {
    expect(await commandsOf('AUTH-004')).toContain('-H "Authorization: Bearer x" ')
  })

  test('with an oversized one: by a command', async () => {
    expect(await commandsOf('AUTH-015')).toContain(`Bearer $(printf 'a%.0s' $(seq 2700)).$(printf 'b`)
  })

  test.each([
    ['TOKEN-009', /\$\(altostrat-contract token member --profile 'own profile' --header '{"crit":\[/],
    ['TOKEN-003', /\$\(altostrat-contract token member .* --header '{"alg":"none"}' --signature none\)/],
    ['TOKEN-002', /\$\(altostrat-contract token member .* --claims '{"sub":".*-else"}' --signature kept\)/],
  ])('with a token made of the member’s, in %s: by the command that makes it', async (id, command) => {
    expect(await commandsOf(id)).toMatch(command)
  })
})

test('a check that reads the whole run sees the answers to checks after it, and shows the one at fault', async () => {
  const baseUrl = await serve(({ url }, response) =>
    response.end(url?.includes('odd') ? 'Traceback (most recent call last):' : '%PDF-1.7'),
  )
  const [debugPages] = allChecks.filter(({ id }) => id === 'HTTP-028')
  const odd = checkThat(async (target) => {
    await target.request({ path: '/odd', fresh: true })
  })
  const { checks } = await run({ baseUrl, checks: [debugPages!, odd] })
  expect(checks.map(({ id }) => id)).toEqual(['HTTP-028', 'TEST-001'])
  expect(checks[0]?.reason).toMatch(/^GET \/odd is answered 200 with a stack trace/)
  expect(checks[0]?.evidence.at(-1)?.request.url).toBe(`${baseUrl}/odd`)
  expect((await run({ baseUrl, checks: [debugPages!] })).checks[0]?.outcome).toBe('passed')
})

test('the last request of a failed check is the one that shows the fault', async () => {
  // Node sends no content with a response to HEAD, so the bytes are written beside it.
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n'
  const baseUrl = await serve(({ method, socket }, response) =>
    method === 'HEAD' ? socket.end(`${head}%PDF-1.7`) : response.end('%PDF-1.7'),
  )
  const { checks } = await run({ baseUrl, checks: allChecks.filter(({ id }) => id === 'WIRE-004') })
  expect(checks[0]?.reason).toMatch(/^the answer to HEAD is followed by 8 bytes/)
  expect(checks[0]?.evidence.at(-1)?.request.method).toBe('HEAD')
})

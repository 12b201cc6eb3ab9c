import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { sample } from '../../vitest.sampling.ts'
import { allChecks } from '../catalogue/catalogue.ts'
import { headerValue } from '../http/response.ts'
import { readProfile } from '../profile.ts'
import { pdfReader } from '../vitest.pdf-reader.ts'
import { ExchangeLog } from './exchange-log.ts'
import { runSuite } from './run.ts'
import { openSession } from './session.ts'
import type { Target } from './target.ts'

const tool = { name: 'altostrat-contract', version: '1.0.0' }
const profile = (limits = {}) =>
  readProfile(
    JSON.stringify({
      actors: { member: { token: { value: 'e30.e30.c2lnbmF0dXJl' } } },
      workspace: { id: 'ws_1' },
      limits: { rate: 1000, timeoutMs: 500, ...limits },
    }),
    'p.yaml',
  )

let close = () => {}
afterEach(() => close())

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  close = () => server.close().closeAllConnections()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function open(listener: RequestListener, limits = {}): Promise<{ target: Target; log: ExchangeLog }> {
  const { deployment, context } = await openSession(profile(limits), {
    baseUrl: `${await serve(listener)}/api`,
    tool,
    env: {},
  })
  context[Symbol.dispose]()
  const log = new ExchangeLog()
  return { target: deployment.viewFor({ check: 'AUTH-003', log }), log }
}

describe('what is sent', () => {
  test('the operation below the base URL, named after the check, without an Accept of its own', async () => {
    const { target } = await open(({ url, headers }, response) =>
      response.end(JSON.stringify({ url, headers })),
    )
    for (const response of [await target.request(), await target.requestRaw()]) {
      const { url, headers } = JSON.parse(response.body.toString())
      expect(url).toBe('/api/workspaces/ws_1/organizations/usage.pdf')
      expect(headers).toMatchObject({
        'user-agent': 'altostrat-contract/1.0.0 AUTH-003',
        authorization: 'Bearer e30.e30.c2lnbmF0dXJl',
        'accept-encoding': 'identity',
      })
      expect(headers.accept).toBeUndefined()
    }
  })

  test('no User-Agent where a request has an empty list of them, which is another request then', async () => {
    const { target } = await open(({ headers }, response) => response.end(String(headers['user-agent'])))
    const bodyOf = async (headers = {}) => (await target.requestRaw({ headers })).body.toString()
    expect(await bodyOf()).toBe('altostrat-contract/1.0.0 AUTH-003')
    expect(await bodyOf({ 'User-Agent': [] })).toBe('undefined')
  })

  test('a path that clients would rewrite goes out byte for byte', async () => {
    const { target } = await open(({ url }, response) => response.end(url))
    expect((await target.request({ path: '/a/../b/%2e%2e/c' })).body.toString()).toBe('/api/a/../b/%2e%2e/c')
  })

  test('not what clients refuse to send, which says what the deployment gave', async () => {
    const { target, log } = await open((_, response) => response.end())
    const repeated = { headers: { 'If-None-Match': '"a\u0001b"' } }
    await expect(target.request(repeated)).rejects.toThrow(
      'If-None-Match cannot be sent as the deployment gave it: "\\"a\\u0001b\\"" has characters',
    )
    expect(log.exchanges).toEqual([])
  })

  test('one question is sent once, unless it is to be fresh', async () => {
    let count = 0
    const { target } = await open((_, response) => response.end(String(++count)))
    await Promise.all([target.request(), target.request(), target.request({ headers: {} })])
    expect(count).toBe(1)
    await target.request({ fresh: true })
    expect(count).toBe(2)
  })

  test('nothing but GET, HEAD and OPTIONS, whatever the catalogue asks', async () => {
    const methods = new Set<string>()
    const baseUrl = await serve(({ method }, response) => {
      methods.add(method!)
      response.end('%PDF-1.7')
    })
    const contract = { title: 'x', version: '1', sha256: '0'.repeat(64) }
    await runSuite(profile(), {
      baseUrl,
      checks: sample(8, allChecks),
      contract,
      tool,
      failOn: 'contract',
      env: {},
      pdfReader,
    })
    expect(methods).toContain('GET')
    expect([...methods].filter((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method))).toEqual([])
  })

  test('two files ask the deployment; another asks for tokens and published keys, or listens for callers', () => {
    const sends = /from '(?:supertest|(?:node:)?(?:net|tls|https?|http2|dgram))'|\bfetch\(/
    const suite = dirname(import.meta.dirname)
    const senders = readdirSync(suite, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.ts$/.test(name))
      .filter((name) =>
        sends.test(
          readFileSync(join(suite, name), 'utf8').replaceAll(
            /^import (?:type .*|{ STATUS_CODES } .*)$/gm,
            '',
          ),
        ),
      )
      .sort()
    expect(senders).toEqual([
      // The mutation of a deployment that follows the addresses in tokens.
      'catalogue/checks/tokens.ts',
      'catalogue/probes/listener.ts',
      'credentials/fetch-json.ts',
      // Servers that tests start.
      'engine/vitest.suite-run.ts',
      'http/client.ts',
      'http/raw-socket.ts',
    ])
  })
})

describe('what comes back', () => {
  test('nothing is followed, decoded or merged, and interim responses stand apart', async () => {
    const { target } = await open((_, response) => {
      response.writeEarlyHints({ link: '</x>' })
      response.setHeader('X-Twice', ['1', '2'])
      response
        .writeHead(302, { Location: 'http://127.0.0.1:1/', 'Content-Encoding': 'gzip' })
        .end(gzipSync('hello'))
    })
    const answer = await target.request()
    expect(answer).toMatchObject({ status: 302, body: gzipSync('hello'), informational: [{ status: 103 }] })
    expect(answer.headers.filter(([name]) => name === 'X-Twice')).toHaveLength(2)
  })

  test.each<[string, RequestListener, object]>([
    [
      'closed',
      (_, response) =>
        response.writeHead(200, { 'Content-Length': 10 }).write('hello', () => response.destroy()),
      {},
    ],
    ['timeout', (_, response) => response.writeHead(200, { 'Content-Length': 10 }).write('hello'), {}],
    ['too large', (_, response) => response.end('x'.repeat(600_000)), { maxBytes: 1000 }],
  ])('a body that is cut is an answer: %s', async (truncated, listener, limits) => {
    const { target } = await open((asked, response) => void listener(asked, response), limits)
    expect((await target.request()).truncated).toBe(truncated)
    expect((await target.requestRaw()).truncated).toBe(truncated)
  })

  test('a connection that breaks is tried once more, and the record says so', async () => {
    let count = 0
    const { target, log } = await open((_, response) =>
      ++count === 1 ? response.destroy() : response.end('hello'),
    )
    expect((await target.request()).status).toBe(200)
    expect(log.exchanges[0]?.notes).toEqual([expect.stringMatching(/^retried after: /)])
  })

  test('a busy deployment is waited for, and then nothing is said of it', async () => {
    let count = 0
    const { target, log } = await open((_, response) =>
      ++count === 2 ? response.end('hello') : response.writeHead(429, { 'Retry-After': '0' }).end(),
    )
    expect((await target.request()).status).toBe(200)
    expect(log.exchanges[0]?.notes).toEqual(['answered 429, waited 0 ms'])
    await expect(target.request({ as: 'nobody' })).rejects.toThrow(/busy: answered 429 3 times/)
  })

  test('where no answer ends, the first ones tell and nothing is said of the rest', async () => {
    const { target } = await open(
      (_, response) => {
        const more = () => response.write('x'.repeat(2 ** 16), more)
        more()
      },
      { maxBytes: 2 ** 20, timeoutMs: 20_000 },
    )
    for (let asked = 0; asked < 6; asked++)
      expect((await target.request({ fresh: true })).truncated).toBe('too large')
    await expect(target.request({ fresh: true })).rejects.toThrow(/too many answers did not end/)
  })

  test('what is no HTTP for a strict parser is read by our own', async () => {
    const { target } = await open((_, response) => {
      response.socket?.end(
        'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nX-Kept: 1\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
      )
    })
    const answer = await target.request()
    expect([answer.status, answer.body.toString(), headerValue(answer, 'x-kept')]).toEqual([
      200,
      'hello',
      '1',
    ])
  })
})

import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { type Answer, fieldValue } from './answer.ts'
import { allChecks } from './catalogue.ts'
import { classic } from './pdf/samples/sound.ts'
import { areaOf, runSuite } from './run.ts'
import { replaceField } from './spoils.ts'
import { ownDeployment } from './vitest.deployment.ts'
import { type Alteration, startFront } from './vitest.front.ts'

const { baseUrl, profile } = ownDeployment()
const contract = { title: 'x', version: '1', sha256: '0'.repeat(64) }
const tool = { name: 'altostrat-contract', version: '1.0.0' }

// The content is the judge's business, and has its own corpus of unusual and faulty documents.
const checks = allChecks.filter((check) => areaOf(check) !== 'CONTENT')

let stop = () => {}
afterEach(() => stop())

async function failuresOf(alter: Alteration, rewrite?: Parameters<typeof startFront>[2]): Promise<string[]> {
  const front = await startFront(baseUrl, alter, rewrite)
  stop = front.stop
  const report = await runSuite(profile, {
    baseUrl: front.url,
    checks,
    contract,
    tool,
    failOn: 'http',
    env: {},
  })
  expect(report.problem).toBeUndefined()
  return report.checks
    .filter(({ outcome, level }) => level !== 'advice' && outcome !== 'passed' && outcome !== 'skipped')
    .map(({ id, outcome, reason }) => `${id} ${outcome}: ${reason}`)
}

const without = (answer: Answer, ...names: string[]) => ({
  ...answer,
  fields: answer.fields.filter(([field]) => !names.includes(field.toLowerCase())),
})
const isRefusal = ({ status }: Answer) => status >= 400
const withErrorBody = (type: string, body: string) => (answer: Answer) =>
  isRefusal(answer) ? { ...replaceField(answer, 'Content-Type', type), body: Buffer.from(body) } : answer

describe('unusual but right deployments are not blamed', () => {
  test.each<[string, Alteration]>([
    [
      'chunked bodies',
      (answer, _, response) => {
        response.writeHead(answer.status, answer.fields.flat())
        for (let at = 0; at < answer.body.length; at += 5000)
          response.write(answer.body.subarray(at, at + 5000))
        response.end()
        return undefined
      },
    ],
    [
      'no Content-Disposition, entity tag or ranges',
      (answer) => without(answer, 'content-disposition', 'etag', 'accept-ranges'),
    ],
    [
      'weak entity tags',
      (answer) => {
        const etag = fieldValue(answer, 'etag')
        return etag ? replaceField(answer, 'ETag', `W/${etag.replace(/^W\//, '')}`) : answer
      },
    ],
    [
      '404 for outsiders',
      (answer) =>
        answer.status === 403 ? { ...answer, status: 404, body: Buffer.from('{"status":404}') } : answer,
    ],
    [
      'empty error bodies',
      (answer) =>
        isRefusal(answer) ? { ...without(answer, 'content-type'), body: Buffer.alloc(0) } : answer,
    ],
    ['HTML error bodies', withErrorBody('text/html', '<!doctype html><h1>No</h1>')],
    [
      'HEAD refused with 405',
      (answer, { method }) =>
        method === 'HEAD'
          ? {
              ...answer,
              status: 405,
              fields: [
                ['Allow', 'GET, OPTIONS'],
                ['Date', new Date().toUTCString()],
              ],
            }
          : answer,
    ],
    [
      '103 before the answer',
      (answer, _, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' })
        return answer
      },
    ],
    [
      'gzip when it is offered',
      (answer, { headers }) =>
        /gzip/.test(String(headers['accept-encoding'])) && answer.status === 200
          ? { ...replaceField(answer, 'Content-Encoding', 'gzip'), body: gzipSync(answer.body) }
          : answer,
    ],
    [
      'challenges in several fields and lists',
      (answer) =>
        answer.status === 401
          ? {
              ...without(answer, 'www-authenticate'),
              fields: [
                ...without(answer, 'www-authenticate').fields,
                ['WWW-Authenticate', 'Negotiate, Basic realm="a, b", charset="UTF-8"'],
                ['www-authenticate', 'DPoP algs="ES256", bearer realm="x\\"y",error="invalid_token"'],
              ],
            }
          : answer,
    ],
    [
      'a media type in capitals with a parameter',
      (answer) =>
        answer.status === 200 ? replaceField(answer, 'Content-Type', 'Application/PDF; version=1.7') : answer,
    ],
    ['no conditions and no ranges', (answer) => without(answer, 'etag', 'last-modified', 'accept-ranges')],
  ])('%s', async (name, alter) => {
    const rewrite = name.startsWith('no ')
      ? () => ({ headers: { range: '', 'if-none-match': '', 'if-modified-since': '' } })
      : undefined
    expect(await failuresOf(alter, rewrite)).toEqual([])
  })

  test('PDF 1.4 made by another writer', async () => {
    expect(
      await failuresOf(
        (answer, { method }) =>
          answer.status === 200 && method === 'GET'
            ? { ...without(answer, 'etag'), body: classic() }
            : answer,
        () => ({ headers: { range: '', 'if-none-match': '' } }),
      ),
    ).toEqual([])
  })
})

describe('single defects are found', () => {
  test.each<[string, string, Alteration]>([
    [
      'ACCESS-003',
      'outsiders are answered 401',
      (answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer),
    ],
    ['AUTH-001', 'no challenge', (answer) => without(answer, 'www-authenticate')],
    [
      'CONTRACT-002',
      'octet-stream',
      (answer) =>
        answer.status === 200 ? replaceField(answer, 'Content-Type', 'application/octet-stream') : answer,
    ],
    [
      'PDF-001',
      'the text decoder',
      (answer) =>
        answer.status === 200 ? { ...answer, body: Buffer.from(answer.body.toString('utf8')) } : answer,
    ],
    [
      'CONTRACT-004',
      '302 to a login page',
      (answer) =>
        answer.status === 401
          ? { ...answer, status: 302, fields: [...answer.fields, ['Location', '/login']] }
          : answer,
    ],
    [
      'WIRE-001',
      'a body cut short',
      (answer, _, response) => {
        if (answer.status !== 200) return answer
        response.writeHead(200, [...answer.fields.flat(), 'Content-Length', String(answer.body.length)])
        response.write(answer.body.subarray(0, 1000), () => response.destroy())
        return undefined
      },
    ],
    [
      'WIRE-002',
      'both framings at once',
      (answer, _, response) => {
        const head = answer.fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')
        const size = answer.body.length
        response.socket?.write(
          `HTTP/1.1 ${answer.status} OK\r\n${head}Content-Length: ${size}\r\nTransfer-Encoding: chunked\r\n\r\n${size.toString(16)}\r\n`,
        )
        response.socket?.write(answer.body)
        response.socket?.end('\r\n0\r\n\r\n')
        return undefined
      },
    ],
  ])('%s: %s', async (id, _, alter) => {
    expect((await failuresOf(alter)).map((line) => line.split(':')[0])).toContain(`${id} failed`)
  })

  test('CACHE-004: a cache that does not look at who asks', async () => {
    let kept: Answer | undefined
    const failures = await failuresOf((answer, { method, headers, url }) => {
      const isPlain =
        method === 'GET' && url?.includes(profile.workspace.id) && !headers.range && !headers['if-none-match']
      if (!isPlain) return answer
      if (answer.status === 200) kept ??= answer
      return kept ?? answer
    })
    expect(failures.map((line) => line.split(':')[0])).toContain('CACHE-004 failed')
  })
})

test('nothing but GET, HEAD and OPTIONS is ever sent', async () => {
  const methods = new Set<string>()
  await failuresOf((answer, { method }) => {
    methods.add(method!)
    return answer
  })
  expect([...methods].sort()).toEqual(['GET', 'HEAD', 'OPTIONS'])
})

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { atFullSize, sample } from '../../../vitest.sampling.ts'
import { allChecks } from '../../catalogue/catalogue.ts'
import { type RunOptions, runSuite } from '../../engine/run.ts'
import { ownDeployment } from '../../vitest.deployment.ts'
import { pdfReader } from '../../vitest.pdf-reader.ts'
import { verifyFormats } from '../formats/index.ts'
import type { Report } from '../report.ts'
import { EvidenceFolder } from './evidence-folder.ts'
import type { HarEntry } from './har.ts'

const { baseUrl, profile } = ownDeployment()

let server: Server | undefined
afterEach(() => server?.close().closeAllConnections())

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function collect(options: Partial<RunOptions> = {}): Promise<{ folder: string; report: Report }> {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'))
  const tool = { name: 'altostrat-contract', version: '1.0.0' }
  const evidence = new EvidenceFolder(folder, tool)
  const report = await runSuite(profile, {
    baseUrl,
    checks: allChecks,
    tool,
    contract: { title: 'T', version: '1', sha256: 'a'.repeat(64) },
    failOn: 'contract',
    env: {},
    pdfReader,
    onEvidence: evidence.add.bind(evidence),
    onProgress: evidence.addPictures.bind(evidence),
    ...options,
  })
  evidence.finish()
  return { folder, report }
}

interface Har {
  log: {
    version: string
    entries: (HarEntry & {
      request: { method: string; url: string }
      response: {
        status: number
        content: { size: number; text?: string; comment?: string; _file?: string; _note?: string }
      }
    })[]
  }
}
const readHar = (folder: string) => JSON.parse(readFileSync(join(folder, 'exchanges.har'), 'utf8')) as Har

atFullSize(
  'the archive has each request once, with the checks that asked and the PDF as a file',
  async () => {
    const { folder } = await collect()
    const { log } = readHar(folder)
    expect(log.version).toBe('1.2')
    const numbers = log.entries.map(({ _number }) => _number)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    const shared = log.entries.find(({ _checks, response }) => _checks.length > 5 && response.status === 200)
    expect(shared?._checks).toContain('CONTRACT-001')
    const { _file, size, text } = shared!.response.content
    expect(text).toBeUndefined()
    const pdf = readFileSync(join(folder, _file!))
    expect([pdf.toString('latin1', 0, 5), pdf.length]).toEqual(['%PDF-', size])
    for (const { startedDateTime, request, response, timings } of log.entries) {
      expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime)
      expect(request).toMatchObject({ httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: 0 })
      expect(response).toMatchObject({ cookies: [], redirectURL: expect.any(String), headersSize: -1 })
      expect(timings.send + timings.wait + timings.receive).toBeGreaterThanOrEqual(0)
    }
  },
)

test('a request that nobody answered is there, with what happened', async () => {
  let asked = 0
  const url = await serve((request, response) =>
    asked++ === 0 ? response.end('%PDF-1.7') : request.socket.destroy(),
  )
  const { folder } = await collect({
    baseUrl: url,
    checks: allChecks.filter(({ id }) => id === 'CONTRACT-004'),
  })
  const [entry] = readHar(folder).log.entries
  expect(entry).toMatchObject({
    response: { status: 0 },
    comment: expect.stringMatching(/retried after.*no answer/),
  })
})

test.each(
  sample(2, [
    ['text', 3_000_000, ''],
    ['a document', 9_000_000, '%PDF-1.7'],
  ] as const),
)('%s of %i bytes is kept in part, with the digest of all of it', async (_title, size, start) => {
  const body = start.padEnd(size, 'a')
  const url = await serve((_, response) => response.end(body))
  const { folder } = await collect({
    baseUrl: url,
    checks: allChecks.filter(({ id }) => id === 'CONTRACT-001'),
  })
  const { content } = readHar(folder).log.entries[0]!.response
  if (!start)
    expect(content).toMatchObject({ text: 'a'.repeat(65_536), comment: 'cut after 65536 characters' })
  expect(readFileSync(join(folder, content._file!)).toString()).toBe(body.slice(0, 1024 * 1024))
  const digest = createHash('sha256').update(body).digest('hex')
  const note = `the last ${size - 1024 * 1024} of ${size} bytes are left out; SHA-256 of what was received: ${digest}`
  expect(content._note).toBe(note)
  const { exchanges } = JSON.parse(readFileSync(join(folder, 'CONTRACT-001.json'), 'utf8'))
  expect(exchanges[0].contentNote).toBe(note)
})

test.each([
  ['br', brotliCompressSync, brotliDecompressSync],
  ['deflate', deflateRawSync, inflateRawSync],
  ['deflate', deflateSync, inflateSync],
  ['zstd', zstdCompressSync, zstdDecompressSync],
  ['gzip', gzipSync, gunzipSync],
])('a secret in content that is coded as %s is not written', async (coding, encode, decode) => {
  const url = await serve(({ headers }, response) => {
    const body = encode(Buffer.from(`an export for ${headers.authorization}`))
    response.writeHead(200, { 'Content-Encoding': coding }).end(body)
  })
  const { folder } = await collect({
    baseUrl: url,
    checks: allChecks.filter(({ id }) => id === 'CONTRACT-001'),
  })
  const { _file, text = '' } = readHar(folder).log.entries[0]!.response.content
  const written = readFileSync(join(folder, _file!))
  const isDecoded = written.toString().startsWith('an export for')
  expect(isDecoded).toBe(coding === 'br' || coding === 'deflate')
  if (isDecoded) expect([written.toString(), text].join()).not.toMatch(/[\w-]{40}(?<!x{40})/)
  else expect(() => decode(written)).toThrow()
})

test('headers are bounded in size and number, and a secret across the end of one is replaced', async () => {
  const url = await serve((_, response) => {
    for (let at = 0; at < 500; at++) response.setHeader(`X-${at}`, 'a'.repeat(60))
    response.setHeader(
      'Content-Type',
      `text/plain; a=${'b'.repeat(4068)}key-of-the-gateway${'c'.repeat(5000)}`,
    )
    response.end('no PDF')
  })
  const { folder, report } = await collect({
    baseUrl: url,
    checks: allChecks.filter(({ id }) => id === 'CONTRACT-001'),
    extraHeaders: { 'X-Api-Key': 'key-of-the-gateway' },
  })
  const [{ response, notes } = { notes: [] }] = report.checks[0]!.evidence
  expect(JSON.stringify(response).length).toBeLessThan(20_000)
  expect(notes).toContainEqual(expect.stringMatching(/^\d{2,3} more header fields are not shown$/))
  expect(JSON.stringify(readHar(folder)).length).toBeLessThan(25_000)
  expect(report.checks[0]!.reason).not.toContain('key-of-the')
})

test('nothing that a run writes holds a credential, not even where the deployment gives it back', async () => {
  const url = await serve(({ headers, url: path }, response) => {
    const given = headers.authorization ?? ''
    response.setHeader('X-Echo', [given, encodeURIComponent(given), Buffer.from(given).toString('base64')])
    // Wherever text is cut, a token must not be cut in two before it is known as one.
    const body = `${given} ${path}\n`
    response.end(
      `%PDF-1.7 ${body.repeat(given ? Math.ceil(70_000 / body.length) : 1)}`.slice(path!.length % 2 ? 9 : 0),
    )
  })
  const { folder, report } = await collect({
    baseUrl: url,
    checks: sample(16, allChecks),
    extraHeaders: { 'X-Api-Key': 'key-of-the-gateway' },
  })
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
  const written = [
    ...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')),
    ...Object.values(verifyFormats).map(({ render }) => render(report, { color: false })),
  ]
  expect(written.length).toBeGreaterThan(20)
  const tokens = Object.values(profile.actors).map(({ token }) => (token as { value: string }).value)
  const secrets = [
    'key-of-the-gateway',
    ...tokens.flatMap((token) => [
      token,
      ...token.split('.').slice(1),
      Buffer.from(token).toString('base64'),
    ]),
  ]
  for (const text of written) for (const secret of secrets) expect(text.includes(secret)).toBe(false)
})

test('pictures of pages are files as well', async () => {
  const { folder, report } = await collect({
    baseUrl: await serve((_, response) => response.writeHead(200).end('no PDF')),
    checks: allChecks.filter(({ id }) => id === 'CONTRACT-002'),
    illustrate: async () => [{ page: 3, png: Buffer.from('a picture').toString('base64') }],
  })
  expect(report.checks[0]?.pictures).toHaveLength(1)
  expect(readFileSync(join(folder, 'pages', 'CONTRACT-002-3.png'), 'utf8')).toBe('a picture')
  expect(verifyFormats.html.render(report)).toContain('alt="Page 3')
})

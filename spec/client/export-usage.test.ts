import { expect, test } from 'vitest'
import { createWorkspacesClient, ExportError, exportUsage, type UsageExportOptions } from '../client.ts'

const workspaceId = 'ws_a1b2c3d4e5f6g7h8'
const header = '%PDF-1.7\n1 0 obj\n<< >>\nendobj\n'
const pdf = `${header}xref\n0 1\ntrailer\n<< >>\nstartxref\n${header.length}\n%%EOF\n`

const download = (
  response: Response | (() => Promise<Response>),
  options: Partial<UsageExportOptions> = {},
) =>
  exportUsage(
    createWorkspacesClient({
      baseUrl: 'https://api.example',
      token: 't',
      fetch: async () => (typeof response === 'function' ? response() : response),
    }),
    { workspaceId, ...options },
  )

const received = (body: BodyInit | null, headers: Record<string, string> = {}, status = 200) =>
  new Response(body, { status, headers: { 'content-type': 'application/pdf', ...headers } })

/** The error of a download that must fail. */
const failure = (response: Parameters<typeof download>[0]): Promise<ExportError> =>
  download(response).then(
    () => expect.fail('the download succeeded'),
    (error) => error,
  )

/** A body that arrives in these parts; the last one may be an error. */
const stream = (...parts: (string | Error)[]) =>
  new ReadableStream({
    pull(controller) {
      const part = parts.shift()
      if (part === undefined) controller.close()
      else if (part instanceof Error) controller.error(part)
      else controller.enqueue(new TextEncoder().encode(part))
    },
  })

test.each([
  ['attachment; filename="acme-usage.pdf"', 'acme-usage.pdf'],
  ['attachment; filename=acme.pdf', 'acme.pdf'],
  ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
  [`attachment; filename="Zo.pdf"; filename*=UTF-8''Zo%C3%AB.pdf`, 'Zoë.pdf'],
  ['attachment; filename="../../etc/acme.pdf"', 'acme.pdf'],
  ['attachment; filename=""', `${workspaceId}-usage.pdf`],
  ['inline', `${workspaceId}-usage.pdf`],
  [undefined, `${workspaceId}-usage.pdf`],
])('the file name in %s is %s', async (disposition, fileName) => {
  const response = received(pdf, disposition ? { 'content-disposition': disposition } : {})
  const result = await download(response)
  expect(result.fileName).toBe(fileName)
  expect(result.blob.type).toBe('application/pdf')
  expect(await result.blob.text()).toBe(pdf)
})

test('progress counts what has arrived, of the total that the response gives', async () => {
  const parts = [pdf.slice(0, 20), pdf.slice(20)]
  const seen: unknown[] = []
  const onProgress: UsageExportOptions['onProgress'] = (progress) => seen.push(progress)
  await download(received(stream(...parts), { 'content-length': `${pdf.length}` }), { onProgress })
  await download(received(stream(...parts)), { onProgress })
  await download(received(stream(pdf), { 'content-length': '9', 'content-encoding': 'br' }), { onProgress })
  expect(seen).toEqual([
    { receivedBytes: 20, totalBytes: pdf.length },
    { receivedBytes: pdf.length, totalBytes: pdf.length },
    { receivedBytes: 20 },
    { receivedBytes: pdf.length },
    { receivedBytes: pdf.length },
  ])
})

test.each([
  ['an empty body', '', 'empty'],
  ['a sign-in page', '<!doctype html><h1>Sign in</h1>', 'begins with "<!doctype html>"'],
  ['half of a file', pdf.slice(0, pdf.length / 2), 'cut off'],
  ['a file without its last line', pdf.slice(0, pdf.lastIndexOf('%%EOF')), 'cut off'],
  ['the first section of a linearized file', `${header}startxref\n0\n%%EOF\n${' '.repeat(900)}`, 'damaged'],
  ['a file decoded as text', pdf.replace('<< >>', `<< ${'\u{fffd}'.repeat(60)} >>`), 'damaged'],
])('%s is refused', async (_what, body, message) => {
  const error = await failure(received(body))
  expect(error).toBeInstanceOf(ExportError)
  expect(error).toMatchObject({
    reason: 'incomplete',
    status: 200,
    message: expect.stringContaining(message),
  })
})

test.each([
  ['bytes before the header', `HTTP junk\n${pdf}`],
  [
    'an end with other line ends',
    pdf.replaceAll('\n', '\r\n').replace(`${header.length}`, `${header.length + 4}`),
  ],
  ['a cross-reference stream', `${header}7 0 obj\n<< /Type /XRef >>\nstartxref\n${header.length}\n%%EOF`],
  ['a table two bytes off', pdf.replace(`\n${header.length}\n`, `\n${header.length - 2}\n`)],
  ['bytes after the end', `${pdf}\n\0\0`],
])('%s: the file is accepted', async (_what, body) => {
  expect((await download(received(body))).blob.size).toBe(body.length)
})

test('a refusal has the problem and how long to wait', async () => {
  const problem = {
    type: 'rate_limit_error',
    code: 'rate_limited',
    message: 'Slow down.',
    doc_url: 'https://d.example/',
  }
  const error = await failure(received(JSON.stringify(problem), { 'retry-after': '7' }, 429))
  expect(error).toMatchObject({ reason: 'refused', status: 429, problem, message: 'Slow down.' })
  expect(error.retryAfterSeconds).toBe(7)
  const dated = await failure(
    received('', { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }, 503),
  )
  expect(dated.retryAfterSeconds).toBeGreaterThan(50)
  expect((await failure(received('', { 'retry-after': 'soon' }, 503))).retryAfterSeconds).toBeUndefined()
})

test('a connection that breaks is told from one that was never there', async () => {
  const broken = received(stream(pdf.slice(0, 10), new TypeError('terminated')), { 'content-length': '99' })
  expect(await failure(broken)).toMatchObject({
    reason: 'incomplete',
    message: 'The connection ended after 10 of 99 bytes.',
  })
  const error = await failure(async () => Promise.reject(new TypeError('fetch failed')))
  expect(error).toMatchObject({ reason: 'unreachable', message: 'There was no response: fetch failed' })
  expect(error.status).toBeUndefined()
})

test('a download that is aborted rejects with the reason of its signal', async () => {
  const controller = new AbortController()
  const response = received(stream(pdf.slice(0, 10), new TypeError('terminated')))
  const onProgress = () => controller.abort('changed my mind')
  await expect(download(response, { signal: controller.signal, onProgress })).rejects.toBe('changed my mind')
  const never = async () => Promise.reject(new DOMException('This operation was aborted', 'AbortError'))
  await expect(download(never, { signal: AbortSignal.abort('no longer') })).rejects.toBe('no longer')
})

test('an error of onProgress is its own', async () => {
  const onProgress = () => {
    throw new Error('mine')
  }
  await expect(download(received(pdf), { onProgress })).rejects.toThrow(/^mine$/)
})

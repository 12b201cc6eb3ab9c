import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMock } from '../mock/create-mock.ts'
import { loadCertificate } from './certificate.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'certificate-'))
})
afterAll(() => rm(directory, { recursive: true }))

/** The status of a response, or the code of the error. */
const statusOf = (url: string, options: object) =>
  new Promise((resolve) => {
    get(url, { agent: false, ...options }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', ({ code }: NodeJS.ErrnoException) => resolve(code))
  })

test('a client that trusts its certificate reaches the mock over HTTPS, under each of its names', async () => {
  await using mock = await createMock({ https: true })
  expect(mock.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  const health = `${mock.url}/_mock/health`
  expect(await statusOf(health, { ca: mock.certificate })).toBe(200)
  expect(await statusOf(health.replace('127.0.0.1', 'localhost'), { ca: mock.certificate })).toBe(200)
  expect(await statusOf(health, {})).toBe('DEPTH_ZERO_SELF_SIGNED_CERT')
})

test('a page of the mock itself is none of another origin', async () => {
  await using mock = await createMock({ https: true })
  const reset = (origin: string) =>
    statusOf(`${mock.url}/_mock/reset`, { ca: mock.certificate, method: 'POST', headers: { origin } })
  expect(await reset(mock.url)).toBe(204)
  expect(await reset('https://evil.example')).toBe(403)
})

test('the certificate is made once, for its owner alone, and replaced before it expires', async () => {
  const file = join(directory, 'certificate.pem')
  const first = await loadCertificate(file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await loadCertificate(file)).toEqual(first)
  const { validFrom, validTo } = new X509Certificate(first.cert)
  const days = (new Date(validTo).getTime() - new Date(validFrom).getTime()) / (24 * 3600 * 1000)
  expect(days).toBeLessThanOrEqual(825)
  const later = await loadCertificate(file, new Date(validTo))
  expect(later.cert).not.toBe(first.cert)
  expect(await readFile(file, 'utf8')).toContain(later.cert)
})

test('a file that is no certificate is named, and kept', async () => {
  const file = join(directory, 'broken.pem')
  await writeFile(file, 'nothing')
  await expect(loadCertificate(file)).rejects.toThrow(`${file}: no certificate with its key`)
  expect(await readFile(file, 'utf8')).toBe('nothing')
})

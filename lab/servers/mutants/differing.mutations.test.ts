import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sample } from '../../../vitest.sampling.ts'
import { type Running, startDeployment } from '../deployment.ts'
import { correctServers, mutants } from '../index.ts'
import { observeBytes, type RawProbeRequest } from '../raw.ts'

/** Enough to show each defect of these areas at least once. */
const requests: ((running: Running, tag: string, length: string) => RawProbeRequest)[] = [
  () => ({}),
  () => ({}),
  () => ({ headers: { 'Accept-Encoding': 'gzip' } }),
  () => ({ method: 'HEAD' }),
  () => ({ method: 'OPTIONS', headers: { Origin: 'https://a.example' } }),
  () => ({ headers: { Origin: 'https://a.example' } }),
  (_, tag) => ({ headers: { 'If-None-Match': tag } }),
  () => ({ headers: { 'If-None-Match': '"other"' } }),
  (_, tag) => ({ headers: { 'If-None-Match': `"other", ${tag}` } }),
  (_, tag) => ({ headers: { 'If-None-Match': `W/${tag}` } }),
  () => ({ headers: { 'If-Modified-Since': 'yesterday' } }),
  () => ({ headers: { Range: 'bytes=0-99' } }),
  () => ({ headers: { Range: 'bytes=0-99', 'If-Range': '"other"' } }),
  () => ({ headers: { Range: 'bytes=99999999-' } }),
  () => ({ headers: { Range: 'bytes=x' } }),
  () => ({ headers: { Range: 'bytes=-99' } }),
  () => ({ headers: { Origin: 'null' } }),
  () => ({ headers: { Accept: '*/*' } }),
  () => ({ version: '1.0' }),
  () => ({ as: 'outsider' }),
  () => ({ as: 'unprivileged' }),
  () => ({ headers: { 'X-Long': 'x'.repeat(4000) } }),
  () => ({ suffix: `/organizations/usage.pdf?x=${'x'.repeat(4000)}` }),
  () => ({ workspace: 'ws_0nb0dy' }),
  ({ seedData }) => ({ workspace: seedData.empty.id }),
  () => ({ suffix: '/organizations' }),
  () => ({ headers: { 'If-None-Match': '*' } }),
  () => ({ headers: { 'If-Modified-Since': new Date().toUTCString(), 'If-None-Match': '"other"' } }),
  () => ({ headers: { 'If-Modified-Since': new Date(0).toUTCString() } }),
  (_, tag) => ({ headers: { 'If-None-Match': tag, Range: 'bytes=0-99' } }),
  () => ({ headers: { Range: 'bytes=0-99', 'If-Range': new Date(0).toUTCString() } }),
  () => ({ headers: { Range: 'bytes=0-99', 'Accept-Encoding': 'gzip' } }),
  (_, tag) => ({ headers: { 'If-Match': `"other", ${tag}` } }),
  () => ({ headers: { 'If-Unmodified-Since': new Date().toUTCString() } }),
  () => ({ headers: { 'X-Forwarded-Host': 'other.example' } }),
  () => ({ suffix: '/' }),
  () => ({ suffix: '/organizations/usage.pdf?next=https://other.example' }),
  (_, __, length) => ({ headers: { Range: `bytes=${length}-` } }),
  ...['bytes=100-', 'bytes=0-9,40-49', 'bytes=0-999999999999', 'bytes=-999999999999', 'lines=1-2'].map(
    (range) => () => ({
      headers: { Range: range },
    }),
  ),
  ...['br', '*'].map((coding) => () => ({ headers: { 'Accept-Encoding': coding } })),
  () => ({ method: 'HEAD', workspace: 'ws_0nb0dy' }),
  ({ seedData }) => ({ workspace: seedData.foreign.id }),
  () => ({ headers: { 'Accept-Language': 'de' } }),
]

const areas = ['http', 'wire', 'pdf', 'content']

async function* answersOf(running: Running): AsyncGenerator<string> {
  const plain = await observeBytes(running)
  const tag = /^ETag: (.*)\r$/m.exec(plain)?.[1] ?? '"none"'
  const length = /^Content-Length: (\d+)\r$/m.exec(plain)?.[1] ?? '0'
  for (const ask of requests) yield still(await observeBytes(running, ask(running, tag, length)))
}

async function isLike(baseline: string[], running: Running): Promise<boolean> {
  const expected = baseline.values()
  for await (const response of answersOf(running)) if (response !== expected.next().value) return false
  return true
}

/** Without what no two calls have in common: the time of a right Date. */
const still = (bytes: string) => bytes.replace(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/m, ageOf)

const ageOf = (line: string) =>
  `Date: ${Math.abs(Date.now() - Date.parse(line.slice(6))) < 60_000 ? 'now' : 'off'}`

describe('a deployment answers at least one request otherwise than the baseline', () => {
  let baseline: string[] = []
  beforeAll(async () => {
    const running = await startDeployment(correctServers.find(({ id }) => id === 'plain')!)
    baseline = []
    for await (const response of answersOf(running)) baseline.push(response)
    expect(await isLike(baseline, running)).toBe(true)
    await running.close()
  })

  const running = new Set<Running>()
  afterAll(() => Promise.all([...running].map((one) => one.close())))

  test.concurrent.each(
    sample(
      4,
      mutants.filter(({ area }) => areas.includes(area)),
    ),
  )('$id: $title', async (declaration) => {
    const deployment = await startDeployment(declaration)
    running.add(deployment)
    expect(await isLike(baseline, deployment)).toBe(false)
  })
})

import { expect, test } from 'vitest'
import { checkConsistency } from '../../fixtures/consistency.ts'
import { startDeployment } from './deployment.ts'
import { correctServers, mutants } from './index.ts'
import { observe } from './observe.ts'
import { createSeedData } from './seed-data.ts'

const all = [...mutants, ...correctServers]

test('every deployment has an id and a title of its own', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
  expect(all.filter(({ id }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
})

test('the organizations that deployments report on obey the rules of the domain', () => {
  for (const { organizations } of Object.values(createSeedData()))
    expect(checkConsistency(organizations)).toEqual([])
})

const plain = correctServers.find(({ id }) => id === 'plain')!

test('the baseline serves members, refuses everybody else, and mirrors GET in HEAD', async () => {
  const running = await startDeployment(plain)
  const { seedData } = running
  const full = await observe(running)
  expect([full.status, full.headers['content-type']]).toEqual([200, 'application/pdf'])
  expect(full.body.subarray(0, 8).toString()).toBe('%PDF-1.7')
  expect(full.body.equals((await observe(running)).body)).toBe(true)
  const status = async (request: Parameters<typeof observe>[1]) => (await observe(running, request)).status
  expect(await status({ as: null })).toBe(401)
  expect(await status({ as: 'expired' })).toBe(401)
  expect(await status({ as: 'notYetValid' })).toBe(401)
  expect(await status({ as: 'wrongAudience' })).toBe(401)
  expect(await status({ as: 'wrongIssuer' })).toBe(401)
  expect(await status({ as: 'unprivileged' })).toBe(403)
  expect(await status({ as: 'outsider' })).toBe(403)
  expect(await status({ workspace: seedData.foreign.id })).toBe(403)
  expect(await status({ as: 'outsider', workspace: seedData.foreign.id })).toBe(200)
  expect(await status({ workspace: 'ws_0nb0dy' })).toBe(404)
  expect(await status({ workspace: seedData.empty.id })).toBe(200)

  const head = await observe(running, { method: 'HEAD' })
  const { date: _, ...headers } = full.headers
  expect(head.headers).toMatchObject(headers)
  const etag = full.headers.etag!
  expect(await status({ headers: { 'If-None-Match': etag } })).toBe(304)
  const part = await observe(running, { headers: { Range: 'bytes=10-19' } })
  expect([part.status, part.headers['content-range']]).toEqual([206, `bytes 10-19/${full.body.length}`])
  expect(part.body.equals(full.body.subarray(10, 20))).toBe(true)
  expect(await status({ headers: { Range: 'bytes=99999999-' } })).toBe(416)
  await running.close()
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contractFile } from '../spec/contract-document.ts'
import { createApp } from './app.ts'
import { generateSigningKey } from './authentication/signing-key.ts'
import { createLog } from './log.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contract-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** The status of the path under our contract as it has been edited. */
async function statusUnder(edit: (source: string) => string, path: string) {
  const spec = join(directory, 'openapi.yaml')
  await writeFile(spec, edit(await readFile(contractFile, 'utf8')))
  const { app, tokenFor } = await createApp({
    spec,
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
  })
  return (
    await request(app)
      .get(path)
      .set('Authorization', `Bearer ${await tokenFor('owner')}`)
  ).status
}

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'

test('a contract without operation ids is served by method and path', async () => {
  expect(await statusUnder((source) => source.replace(/ +operationId: .*\n/g, ''), path)).toBe(200)
})

test('paths are served at the root, whatever the contract says of servers', async () => {
  expect(await statusUnder((source) => source.replace('altostrat.io\n', 'altostrat.io/base\n'), path)).toBe(
    200,
  )
})

test('an operation that the server does not know is answered as the contract says', async () => {
  const added = `paths:
  /ping:
    get:
      operationId: ping
      responses:
        "200":
          description: Pong.
`
  expect(await statusUnder((source) => source.replace('paths:\n', added), '/ping')).toBe(200)
})

test('a parameter that breaks its schema is the path of nothing', async () => {
  const strict = (source: string) =>
    source.replace(
      '        type: string\n        example: ws_',
      '        type: string\n        pattern: ^org_\n        example: ws_',
    )
  expect(strict(await readFile(contractFile, 'utf8'))).toContain('pattern')
  expect(await statusUnder(strict, path)).toBe(404)
})

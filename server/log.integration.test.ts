import type { IncomingMessage, ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { generateSigningKey } from './authentication/signing-key.ts'
import { logRequests, withoutSecrets } from './log.ts'

const jwt = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln'

test.each([
  ['/_mock/token?persona=owner', '/_mock/token?persona=owner'],
  [`/x?access_token=abc&y=1`, '/x?access_token=[removed]&y=1'],
  ['/x?y=1&client_secret=abc', '/x?y=1&client_secret=[removed]'],
  [`/workspaces/${jwt}/organizations`, '/workspaces/[token]/organizations'],
  [`/x?q=${jwt}`, '/x?q=[token]'],
  [`suite/1.0 (${jwt})`, 'suite/1.0 ([token])'],
])('%s is logged as %s', (url, expected) => {
  expect(withoutSecrets(url)).toBe(expected)
})

test.each(['?token', '-eyJ', '?a=&'])('text made to be slow to search is not: %s over and over', (piece) => {
  const text = piece.repeat(100_000)
  expect(withoutSecrets(text)).toBe(text)
})

test('every request is logged once, by method, address, status and client, and none of its secrets', async () => {
  const lines: string[] = []
  const stream = new Writable({
    write(line, _encoding, done) {
      lines.push(String(line))
      done()
    },
  })
  const { app, tokenFor } = await createApp({ signingKey: await generateSigningKey(), log: pino(stream) })
  const token = await tokenFor('owner')
  await request(app)
    .get('/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf')
    .query({ access_token: token })
    .set({ Authorization: `Bearer ${token}`, Cookie: `session=${token}`, 'User-Agent': 'suite/1.0 AUTH-001' })
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0]!)).toMatchObject({
    req: {
      method: 'GET',
      url: '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf?access_token=[removed]',
      userAgent: 'suite/1.0 AUTH-001',
    },
    res: { statusCode: 200 },
  })
  for (const part of token.split('.')) expect(lines[0]).not.toContain(part)
})

test.each<[string, (response: ServerResponse) => void, object[]]>([
  [
    'that was sent',
    (response) => response.end(),
    [{ type: 'Error', message: 'failed with status code 503' }],
  ],
  ['that no client received', (response) => response.destroy(), []],
])('of a 503 %s, the errors in the log are these, without a stack', async (_, end, expected) => {
  const lines: string[] = []
  const logged = logRequests(pino({ level: 'error' }, { write: (line) => lines.push(line) }))
  const server = (incoming: IncomingMessage, response: ServerResponse) =>
    logged(incoming, response, () => {
      response.statusCode = 503
      end(response)
    })
  await request(server)
    .get('/')
    .catch(() => {})
  expect(lines.map((line) => JSON.parse(line).err)).toEqual(expected)
})

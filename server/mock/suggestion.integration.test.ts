import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { createLog } from '../log.ts'
import { startServer } from '../main.ts'
import { suggestWhatToTry } from './suggestion.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contract-'))
})
afterAll(() => rm(directory, { recursive: true }))

const ok = (example: unknown) => ({
  200: { description: 'OK', content: { 'application/json': { schema: {}, example } } },
})
const contractOf = (openapi: string, security: object[], paths: object) => ({
  openapi,
  info: { title: 'Books', version: '1' },
  security,
  paths,
  components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
})
const books = {
  '/books/{id}': {
    get: {
      operationId: 'readBook',
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: ok({ title: 'One' }),
    },
  },
  '/books': { get: { operationId: 'listBooks', responses: ok([{ title: 'One' }]) } },
}

/** What is suggested for a contract, and what a client gets that follows it. */
async function follow(contract: object) {
  const spec = join(directory, 'books.json')
  await writeFile(spec, JSON.stringify(contract))
  const server = await startServer({
    spec,
    signingKey: await generateSigningKey(),
    log: createLog('silent'),
    renderThreads: 0,
  })
  try {
    const text = await suggestWhatToTry(server, (persona) => `token ${persona}`)
    const [, address] = /(http:\S+\/books\S*)/.exec(text) ?? []
    const [, authorization] = /-H 'Authorization: ([^']+)'/.exec(text) ?? []
    const response = address && (await fetch(address, { headers: authorization ? { authorization } : {} }))
    return { text, authorization, response: response && [response.status, await response.json()] }
  } finally {
    await server.stop(0)
  }
}

test.each(['3.0.3', '3.1.0'])(
  'an own contract (OpenAPI %s) gets a suggestion that fits it',
  async (version) => {
    const { text, authorization, response } = await follow(contractOf(version, [{ token: [] }], books))
    expect(text).not.toContain('usage.pdf')
    expect(authorization).toMatch(/^Bearer /)
    expect(response).toEqual([200, [{ title: 'One' }]])
  },
)

test('without security no token is printed', async () => {
  const { text, response } = await follow(contractOf('3.0.3', [], books))
  expect(text).not.toMatch(/Bearer|token/)
  expect(response).toEqual([200, [{ title: 'One' }]])
})

test('a contract without anything to read gets the console alone', async () => {
  const paths = {
    '/books': { post: { operationId: 'addBook', responses: { 204: { description: 'Added' } } } },
  }
  const { text } = await follow(contractOf('3.0.3', [], paths))
  expect(text).toMatch(/^\nThe console: \S+\n$/)
})

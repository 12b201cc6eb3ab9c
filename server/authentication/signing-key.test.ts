import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateSigningKey, loadSigningKey, signingKeyFile } from './signing-key.ts'

let directory: string
let file: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'signing-key-'))
  file = join(directory, 'state', 'signing-key.json')
})
afterEach(() => rm(directory, { recursive: true }))

test('the key is made once, for its owner alone, and kept', async () => {
  const key = await loadSigningKey(file)
  expect(await loadSigningKey(file)).toEqual(key)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(dirname(file))).mode & 0o777).toBe(0o700)
  expect(await readdir(dirname(file))).toEqual(['signing-key.json'])
})

test('the public key has no private part', async () => {
  const { publicJwk, privateJwk } = await loadSigningKey(file)
  expect(publicJwk).not.toHaveProperty('d')
  expect(privateJwk).toHaveProperty('d')
})

test('processes that start at once end up with one key', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadSigningKey(file)))
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1)
})

const mismatched = async () => {
  const { privateJwk } = await generateSigningKey()
  return JSON.stringify({ ...privateJwk, d: (await generateSigningKey()).privateJwk.d })
}
test.each([
  ['nothing', async () => ''],
  ['half a file', async () => JSON.stringify((await generateSigningKey()).privateJwk).slice(0, 60)],
  ['a public key', async () => JSON.stringify((await generateSigningKey()).publicJwk)],
  ['a private key that is not of the public one', mismatched],
  ['null', async () => 'null'],
])('a file with %s in it is named and left as it is', async (_title, content) => {
  const damaged = await content()
  await mkdir(dirname(file))
  await writeFile(file, damaged)
  await expect(loadSigningKey(file)).rejects.toThrow(`${file}: no usable ES256 private key`)
  expect(await readFile(file, 'utf8')).toBe(damaged)
})

test('a place that cannot be written is named', async () => {
  await writeFile(join(directory, 'state'), 'a file where a directory must be')
  await expect(loadSigningKey(file)).rejects.toThrow(`${file}: `)
})

test('the key lives below an absolute XDG state directory, else below the home directory', () => {
  expect(signingKeyFile({ XDG_STATE_HOME: '/state' })).toBe('/state/altostrat-contract/signing-key.json')
  expect(signingKeyFile({ XDG_STATE_HOME: 'state' })).toMatch(
    /\.local.state.altostrat-contract.signing-key\.json$/,
  )
  expect(signingKeyFile({})).toMatch(/\.local.state.altostrat-contract.signing-key\.json$/)
})

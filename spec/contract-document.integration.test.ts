import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { isFullSize } from '../vitest.sampling.ts'
import { compareContracts } from './compatibility/compare.ts'
import { largeContract } from './compatibility/pairs/large-contract.ts'
import { patched } from './compatibility/pairs/patch.ts'
import { loadDocument } from './contract-document.ts'

const repository = mkdtempSync(join(tmpdir(), 'contract-'))
const current = join(repository, 'api', 'openapi.yaml')
const contract = readFileSync(new URL('./compatibility/pairs/contract.yaml', import.meta.url), 'utf8')
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: repository,
    stdio: 'pipe',
  })

let fetched = 0
const network = createServer((_, response) => {
  fetched++
  response.end(contract)
})
let url = ''

beforeAll(async () => {
  mkdirSync(join(repository, 'api'))
  writeFileSync(current, contract)
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
  git('tag', 'v1')
  writeFileSync(current, contract.replace('maxLength: 200', 'maxLength: 100'))
  await new Promise<void>((done) => network.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(network.address() as AddressInfo).port}/openapi.yaml`
})
afterAll(() => {
  network.close()
  expect(fetched).toBe(0)
})

const written = (text: string, name = 'openapi.yaml') => {
  const file = join(repository, name)
  writeFileSync(file, text)
  return file
}

test('the base is read from git as the current contract stood there, and the change found with its line', async () => {
  const [base, head] = [await loadDocument('git:v1', current), await loadDocument(current)]
  const [change] = await compareContracts(base.openapi, head.openapi)
  expect(change).toMatchObject({ id: 'maximum-length-lowered', placeIn: 'head' })
  const line = head.originOf(change?.place ?? '').line ?? 0
  expect(readFileSync(current, 'utf8').split('\n')[line - 1]).toContain('maxLength: 100')
})

test('a hook finds the contract below the folder that git started it in', async () => {
  process.env.GIT_DIR = join(repository, '.git')
  try {
    expect((await loadDocument('git:v1', current)).title).toBe('Library')
  } finally {
    delete process.env.GIT_DIR
  }
})

test.each([
  ['an unknown revision', 'git:nope', /git:nope: .*fetched first/],
  ['a path that the revision lacks', 'git:HEAD:no/such.yaml', /git:HEAD:no\/such.yaml: .*no\/such.yaml/],
  ['no revision', 'git:', /expected git:REF/],
  ['an option in place of a revision', 'git:--output=x', /expected git:REF/],
  ['a file that is not there', 'nowhere.yaml', /nowhere.yaml: no such file/],
  ['a directory', tmpdir(), /a directory/],
])('%s is an error, never a contract', async (_, source, error) => {
  await expect(loadDocument(source, current)).rejects.toThrow(error)
})

test('git without a repository is an error that says where it looked', async () => {
  await expect(loadDocument('git:HEAD', join(tmpdir(), 'openapi.yaml'))).rejects.toThrow(
    `looked in ${tmpdir()}`,
  )
})

test('a repository of somebody else, as in many containers, is an error that says what to do', async () => {
  process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
  try {
    await expect(loadDocument('git:v1', current)).rejects.toThrow(
      /if it is yours: git config --global --add safe\.directory \S+/,
    )
  } finally {
    delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
  }
})

test('bytes that are no text are refused', async () => {
  const file = join(repository, 'latin1.yaml')
  writeFileSync(file, Buffer.from(contract.replace('Library', 'B\u00fccherei'), 'latin1'))
  await expect(loadDocument(file)).rejects.toThrow('latin1.yaml: no text in UTF-8 or UTF-16')
})

test('a URL is refused and nothing is fetched', async () => {
  await expect(loadDocument(url)).rejects.toThrow(/a URL; nothing is fetched/)
  expect(fetched).toBe(0)
})

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1
const with_ = (from: string, to: string) => contract.replace(from, () => to)

test.each([
  ['broken YAML', () => with_('  title: Library', '   title: Library'), 'version: 1.0.0', 'same column'],
  [
    'a key that stands twice',
    () => with_('  version: 1.0.0', '  version: 1.0.0\n  version: 2.0.0'),
    'version: 2',
    'unique',
  ],
  [
    'a missing reference',
    () => with_('schemas/Author" }', 'schemas/Nope" }'),
    'schemas/Nope',
    'Nope.*leads nowhere',
  ],
  [
    'another version of OpenAPI',
    () => with_('openapi: 3.0.3', 'openapi: 4.1.0'),
    'openapi: 4.1.0',
    'OpenAPI 4.1.0, expected 3.0.x or 3.1.x',
  ],
  [
    'Swagger 2.0',
    () => 'info: {}\nswagger: "2.0"\npaths: {}\n',
    'swagger:',
    'Swagger 2.0, expected OpenAPI 3.0 or 3.1: convert it first',
  ],
  ['no contract at all', () => 'hello', 'hello', 'no OpenAPI document'],
  ['an empty file', () => '', '', 'no OpenAPI document'],
  [
    'a reference to the network',
    () => with_('"#/components/schemas/Author"', url),
    'author:',
    'a URL; nothing is fetched',
  ],
  [
    'a reference to a file that is not there',
    () => with_('"#/components/schemas/Author"', 'other.yaml'),
    'other.yaml',
    'no such file',
  ],
  [
    'a reference to itself',
    () => with_('    Note:\n', '    Me: { $ref: "#/components/schemas/Me" }\n    Note:\n'),
    'Me:',
    'leads back to itself',
  ],
  [
    'paths of the wrong kind',
    () => contract.replace(/paths:[\s\S]*components:/, 'paths: 3\ncomponents:'),
    'paths: 3',
    '/paths',
  ],
])('%s is refused with file and line', async (_, text, place, reason) => {
  const source = text()
  await expect(loadDocument(written(source))).rejects.toThrow(
    new RegExp(`openapi.yaml:${lineOf(source, place)}: .*${reason}`),
  )
})

test('aliases that multiply beyond measure are refused', async () => {
  const bomb = [
    'a: &a [1,1,1,1,1,1,1,1,1,1]',
    ...[...'bcdefg'].map((n, i) => `${n}: &${n} [${Array(10).fill(`*${'abcdef'[i]}`)}]`),
  ]
  await expect(loadDocument(written(`openapi: 3.0.3\n${bomb.join('\n')}\n`))).rejects.toThrow(
    /openapi.yaml.*alias/i,
  )
})

test.each([
  [
    'an alias that leads back to what it stands in',
    'openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: {}\nx-a: &a\n  b: *a\n',
  ],
  [
    'JSON of many levels',
    `{"openapi":"3.1.0","info":{"title":"T","version":"1"},"paths":{},"x-a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  ],
])('%s is refused with the file and the reason', async (_, text) => {
  await expect(loadDocument(written(text))).rejects.toThrow(/^.*openapi\.yaml(?::\d+)?: nested too deeply/)
})

test('schemas that refer to each other in circles are compared', async () => {
  const { openapi } = await loadDocument(written(contract))
  expect(await compareContracts(openapi, openapi)).toEqual([])
})

test('a contract of 5 MB with circles is read and its one change found', async () => {
  const size = isFullSize ? 5_000_000 : 500_000
  const { openapi } = await loadDocument(written(stringify(largeContract(size)), 'large.yaml'))
  const head = patched(openapi, { set: { '/components/schemas/Thing7/properties/name/type': 'integer' } })
  const changes = (await compareContracts(openapi, head)).map(({ id, place, operations }) => [
    id,
    place,
    operations.length > 0,
  ])
  const place = '/components/schemas/Thing7/properties/name/type'
  expect(changes).toEqual([['type-changed', place, true]])
}, 120_000)

test('a contract whose bytes are known is not read again, and keeps its own name', async () => {
  const [one, other] = [written(contract, 'one.yaml'), written(contract, 'other.yaml')]
  const known = await loadDocument(one)
  const same = await loadDocument(other, one, known)
  expect(same.openapi).toBe(known.openapi)
  expect([same.file, same.originOf('/info')]).toEqual([
    other,
    { file: other, line: known.originOf('/info').line },
  ])
  const changed = await loadDocument(written(`${contract}# more\n`, 'changed.yaml'), one, known)
  expect(changed.openapi).not.toBe(known.openapi)
})

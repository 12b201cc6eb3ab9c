import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { sample } from '../../vitest.sampling.ts'
import { contractFile } from '../contract-document.ts'
import { compareContracts } from './compare.ts'
import { patched } from './pairs/patch.ts'
import { upgraded } from './pairs/upgrade.ts'
import { requestBodyRules, responseRules } from './rules/body.ts'
import { operationRules } from './rules/operation.ts'
import { parameterRules } from './rules/parameter.ts'
import { schemaRules } from './rules/schema.ts'
import { securityRules } from './rules/security.ts'

const read = (name: string) => parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const contract: object = read('./pairs/contract.yaml')

type Expected = 'none' | string | string[]
interface Pair {
  pair: string
  before?: Record<string, unknown>
  set?: Record<string, unknown>
  remove?: string[]
  move?: Record<string, string>
  there: Expected
  back: Expected
  why: string
}

const judged = async (base: object, head: object) =>
  (await compareContracts(base, head)).map(({ id, client, server }) => `${id} ${client} ${server}`).sort()
const listed = (expected: Expected) => (expected === 'none' ? [] : [expected].flat().sort())

const contracts = ({ before = {}, ...change }: Pair) => {
  const base = patched(contract, { set: before })
  return { base, head: patched(base, change) }
}

const files = readdirSync(new URL('./pairs/', import.meta.url)).filter(
  (name) => name.endsWith('.yaml') && name !== 'contract.yaml',
)

describe.each(files)('%s', (file) => {
  const pairs = read(`./pairs/${file}`) as Pair[]

  test.each(pairs)('$pair', async (pair) => {
    const { base, head } = contracts(pair)
    expect(await judged(base, head)).toEqual(listed(pair.there))
    expect(await judged(head, base)).toEqual(listed(pair.back))
    expect(await judged(head, head), 'the head with itself').toEqual([])
  })

  test.each(sample(8, pairs))('$pair, written as OpenAPI 3.1', async (pair) => {
    const { base, head } = contracts(pair)
    if ([base, head].some((document) => !('openapi' in document && document.openapi === '3.0.3'))) return
    const [newBase, newHead] = [upgraded(base), upgraded(head)]
    expect(await judged(newBase, newHead), 'both').toEqual(listed(pair.there))
    expect(await judged(base, newHead), 'the head').toEqual(listed(pair.there))
    expect(await judged(newHead, base), 'the base').toEqual(listed(pair.back))
  })
})

test('a contract did not change from itself, whatever the order of its keys', async () => {
  const upsideDown = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(upsideDown)
      : typeof value === 'object' && value
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, inner]) => [key, upsideDown(inner)])
              .reverse(),
          )
        : value
  for (const document of [contract, parse(readFileSync(contractFile, 'utf8'))])
    expect(await compareContracts(document, upsideDown(document) as object)).toEqual([])
})

const changed = (set: Record<string, unknown>, remove: string[] = []) =>
  compareContracts(contract, patched(contract, { set, remove }))

test('a change says in a sentence what changed, for whom, and where it stands', async () => {
  expect(
    await changed({ '/components/schemas/Book/properties/state/enum': ['free', 'lent', 'lost'] }),
  ).toEqual([
    {
      id: 'enum-values-added',
      place: '/components/schemas/Book/properties/state/enum',
      placeIn: 'head',
      operations: ['GET /books', 'POST /books'],
      message: 'In responses, Book.state may now be "lost" as well.',
      client: 'breaking',
      server: 'harmless',
      verdict: 'breaking',
    },
  ])
})

test('limits are counted in their unit', async () => {
  const messages = (await changed({ '/components/schemas/Book/properties/subtitle/minLength': 1 })).map(
    ({ message }) => message,
  )
  expect(messages).toContain(
    'In responses, Book.subtitle is now at least 1 character long; it had no such limit.',
  )
})

test('a change that several operations meet in one place is one change', async () => {
  const [change, ...others] = await changed({ '/components/parameters/BookId/schema/maxLength': 8 })
  expect(others).toEqual([])
  expect(change?.operations).toEqual(['DELETE /books/{bookId}', 'PUT /books/{bookId}/note'])
})

test('what was taken away has its place in the base, where it was referred to', async () => {
  const [change] = await changed({}, ['/paths/~1books/post/responses/400'])
  expect(change).toMatchObject({
    id: 'error-response-removed',
    placeIn: 'base',
    place: '/paths/~1books/post/responses/400',
  })
})

test('two breaks of one kind have two places, so that accepting one does not accept the other', async () => {
  const found = await changed({ '/components/schemas/NewBook/required': ['title', 'pages', 'state'] })
  const places = found.map(({ place }) => place)
  expect(places).toEqual([
    '/components/schemas/NewBook/properties/pages',
    '/components/schemas/NewBook/properties/state',
  ])
})

test('the worst changes come first', async () => {
  const found = await changed({ '/info/version': '2.0.0', '/paths/~1ping/get/operationId': 'alive' }, [
    '/paths/~1books/post',
  ])
  expect(found.map(({ verdict }) => verdict)).toEqual(['breaking', 'risky', 'harmless'])
})

test('a reference that leaves the document is an error, never no change', async () => {
  const broken = patched(contract, { set: { '/paths/~1ping/get/responses/200': { $ref: 'other.yaml' } } })
  await expect(compareContracts(broken, broken)).rejects.toThrow(
    '/paths/~1ping/get/responses/200: $ref to other.yaml',
  )
})

test('every rule of the contract is met by a pair', () => {
  const met = new Set(
    files.flatMap((file) =>
      (read(`./pairs/${file}`) as Pair[]).flatMap(({ there, back }) =>
        [...listed(there), ...listed(back)].map((line) => line.split(' ')[0]),
      ),
    ),
  )
  const rules = [operationRules, parameterRules, requestBodyRules, responseRules, securityRules, schemaRules]
  expect(rules.flatMap((group) => Object.keys(group)).filter((id) => !met.has(id))).toEqual([])
})

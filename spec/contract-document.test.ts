import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getHttpOperationsFromSpec } from '@stoplight/prism-cli/dist/operations.js'
import { expect, test } from 'vitest'
import { contractFile, loadDocument } from './contract-document.ts'
import { statements } from './statements.ts'

const folder = mkdtempSync(join(tmpdir(), 'contract-'))
const contract = readFileSync(contractFile, 'utf8')

/** The line (from 1) of the contract on which a text first stands. */
const lineOf = (text: string) => contract.split('\n').findIndex((line) => line.includes(text)) + 1

function damaged(from: string, to: string): string {
  const file = join(folder, 'openapi.yaml')
  expect(contract).toContain(from)
  writeFileSync(file, contract.replace(from, to))
  return file
}

test('the contract is read with its operations and documented answers', async () => {
  const { operations, sha256 } = await loadDocument()
  const operation = operations.find(({ operationId }) => operationId === 'exportOrganizationUsage')
  expect(operation?.responses.map(({ status, mediaTypes }) => [status, mediaTypes])).toEqual([
    [200, ['application/pdf']],
    [401, []],
    [403, []],
    [404, []],
  ])
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('the contract loads in Prism, with the same operations', async () => {
  const inPrism = await getHttpOperationsFromSpec(contractFile)
  const { operations } = await loadDocument()
  const names = (list: { method: string; path: string }[]) =>
    list.map(({ method, path }) => `${method} ${path}`).sort()
  expect(names(inPrism)).toEqual(names(operations))
})

test.each([
  ['broken YAML', '  title: Altostrat', '   title: Altostrat', 'version: 1', 'same column'],
  [
    'a missing reference',
    '#/components/responses/NotFound',
    '#/components/responses/Nope',
    'responses/NotFound',
    'Nope',
  ],
  [
    'a misspelt field',
    'description: The PDF document.',
    'descripton: x',
    'The PDF document',
    'responses/200 .*description',
  ],
  ['another version of OpenAPI', 'openapi: 3.0.3', 'openapi: 3.9.0', 'openapi:', 'OpenAPI 3.9.0'],
  [
    'a type that there is not',
    'type: string',
    'type: strung',
    'type: string',
    'allowed values: array, boolean',
  ],
  ['no paths', '\npaths:\n', '\nx-paths:\n', 'openapi:', 'the field `paths` is missing'],
  ['no OpenAPI at all', 'openapi: 3.0.3', 'swaggr: 2', 'openapi:', 'no OpenAPI document'],
  [
    'a reference to the network',
    '#/components/responses/NotFound',
    'http://127.0.0.1:9/x.yaml',
    'responses/NotFound',
    '127.0.0.1:9',
  ],
])('%s is refused with the place', async (_, from, to, place, reason) => {
  await expect(loadDocument(damaged(from, to))).rejects.toThrow(
    new RegExp(`openapi.yaml:${lineOf(place)}: .*(${reason})`),
  )
})

test('a file that is not there is refused by name', async () => {
  await expect(loadDocument('nowhere.yaml')).rejects.toThrow('nowhere.yaml: no such file')
})

test('every statement about the report has an anchor of its own', () => {
  const anchors = statements.map(({ anchor }) => anchor)
  expect(anchors).toContain('every-organization')
  expect(new Set(anchors).size).toBe(anchors.length)
})

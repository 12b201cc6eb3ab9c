import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type AcceptedChange, applyAccepted, readAccepted } from './accepted.ts'
import type { Change } from './change.ts'

const change = (id: string, place: string, verdict: Change['verdict'] = 'breaking'): Change => ({
  id,
  place,
  placeIn: 'head',
  operations: [],
  message: '',
  client: verdict,
  server: 'harmless',
  verdict,
})
const entry = (id: string, place: string, expires: string): AcceptedChange => ({
  change: id,
  place,
  reason: 'agreed with all clients',
  expires,
})
const gone = change('operation-removed', '/paths/~1a/get')
const other = change('operation-removed', '/paths/~1b/get')

test('an entry accepts the change of its rule and place, up to and including its day', () => {
  const entries = [entry(gone.id, gone.place, '2026-03-31')]
  const result = applyAccepted([gone, other], entries, '2026-03-31')
  expect(result).toEqual({
    accepted: [{ change: gone, entry: entries[0] }],
    open: [other],
    expired: [],
    stale: [],
  })
})

test('a day later the change is open again and the entry expired', () => {
  const entries = [entry(gone.id, gone.place, '2026-03-31')]
  expect(applyAccepted([gone], entries, '2026-04-01')).toEqual({
    accepted: [],
    open: [gone],
    expired: entries,
    stale: [],
  })
})

test('an entry that fits no change, or a harmless one, is stale', () => {
  const harmless = change('operation-added', '/paths/~1c/get', 'harmless')
  const entries = [
    entry('operation-removed', '/paths/~1x/get', '2030-01-01'),
    entry(harmless.id, harmless.place, '2030-01-01'),
  ]
  expect(applyAccepted([harmless], entries, '2026-01-01')).toMatchObject({ open: [harmless], stale: entries })
})

test('an entry may accept several changes by pattern, and names a place with or without indexes', () => {
  const parameter = {
    ...change('parameter-removed', '/paths/~1a/get/parameters/query.sort'),
    pointer: '/paths/~1a/get/parameters/1',
  }
  const accepts = (id: string, place: string) =>
    applyAccepted([gone, other, parameter], [entry(id, place, '2030-01-01')], '2026-01-01').accepted.map(
      (one) => one.change,
    )
  expect(accepts('operation-removed', '/paths/*/get')).toEqual([gone, other])
  expect(accepts('*-removed', '/paths/~1a/**')).toEqual([gone, parameter])
  expect(accepts('parameter-removed', '/paths/~1a/get/parameters/1')).toEqual([parameter])
  expect(accepts('operation-added', '**')).toEqual([])
})

const folder = mkdtempSync(join(tmpdir(), 'accepted-'))
const written = (text: string) => {
  const file = join(folder, 'accepted.yaml')
  writeFileSync(file, text)
  return file
}

test('a file of accepted changes is read as JSON or YAML', async () => {
  const entries = [entry(gone.id, gone.place, '2026-03-31')]
  expect(readAccepted(written(JSON.stringify(entries)))).toEqual(entries)
  const yaml = "- change: a\n  place: /b\n  reason: c\n  expires: '2026-03-31'\n"
  expect(readAccepted(written(yaml))).toHaveLength(1)
})

test('a rule may be named as reports name it', async () => {
  const [read] = readAccepted(written(JSON.stringify([entry(`change/${gone.id}`, gone.place, '2026-03-31')])))
  expect(read?.change).toBe(gone.id)
})

test.each([
  ['no list', 'a: 1', 'accepted.yaml:1: / must be array'],
  ['no reason', '- change: a\n  place: /b\n  expires: "2026-01-01"', 'accepted.yaml:1: /0 .*reason'],
  [
    'an empty reason',
    '- change: a\n  place: /b\n  reason: " "\n  expires: "2026-01-01"',
    'accepted.yaml:3: /0/reason',
  ],
  [
    'no such day',
    '- change: a\n  place: /b\n  reason: c\n  expires: "2026-02-30"',
    'accepted.yaml:4: /0/expires',
  ],
  ['broken YAML', '- change: "a', 'accepted.yaml:1: '],
])('%s is refused with the place', async (_, text, error) => {
  expect(() => readAccepted(written(text))).toThrow(new RegExp(error))
})

test('a file that is not there is refused by name', async () => {
  expect(() => readAccepted('nowhere.yaml')).toThrow('nowhere.yaml: no such file')
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Change, Impact } from './change.ts'
import { applySeverity, readSeverity } from './severity.ts'

const change = (id: string, client: Impact, server: Impact, verdict: Impact): Change => ({
  id,
  place: '/',
  placeIn: 'head',
  operations: [],
  message: '',
  client,
  server,
  verdict,
})

describe('severities of this pipeline', () => {
  const renamed = change('operation-id-changed', 'risky', 'risky', 'risky')
  const removed = change('operation-removed', 'breaking', 'harmless', 'breaking')
  const moved = change('operation-moved', 'breaking', 'risky', 'breaking')

  test('replace the verdict on the sides that had it, and keep the other from being worse', () => {
    const overrides = [
      { rule: 'operation-id-changed', severity: 'breaking' as const },
      { rule: 'operation-moved', severity: 'harmless' as const },
      { rule: 'operation-removed', severity: 'risky' as const },
    ]
    expect(applySeverity([removed, moved, renamed], overrides)).toEqual([
      { ...renamed, client: 'breaking', server: 'breaking', verdict: 'breaking', usual: 'risky' },
      { ...removed, client: 'risky', server: 'harmless', verdict: 'risky', usual: 'breaking' },
      { ...moved, client: 'harmless', server: 'harmless', verdict: 'harmless', usual: 'breaking' },
    ])
  })

  test('the last line that names a rule decides; one that says the same changes nothing', () => {
    const overrides = [
      { rule: 'operation-*', severity: 'harmless' as const },
      { rule: 'operation-removed', severity: 'breaking' as const },
    ]
    expect(applySeverity([removed], overrides)).toEqual([removed])
  })
})

describe('a file of severities', () => {
  const folder = mkdtempSync(join(tmpdir(), 'severity-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const written = (text: string) => {
    const file = join(folder, 'severity.yaml')
    writeFileSync(file, text)
    return file
  }

  test('names rules as reports do, or several by a pattern', async () => {
    expect(readSeverity(written('change/operation-id-changed: breaking\n"enum-*": risky\n'))).toEqual([
      { rule: 'operation-id-changed', severity: 'breaking' },
      { rule: 'enum-*', severity: 'risky' },
    ])
  })

  test.each([
    ['no map', '- a', 'severity.yaml:1: expected a map'],
    [
      'no such rule',
      'operation-removed: risky\noperation-gone: risky',
      'severity.yaml:2: operation-gone: no rule',
    ],
    ['no such severity', 'operation-removed: error', 'severity.yaml:1: operation-removed: "error", expected'],
  ])('%s is refused with the line', async (_, text, error) => {
    expect(() => readSeverity(written(text))).toThrow(error)
  })

  test('that is not there is refused by name', async () => {
    expect(() => readSeverity('nowhere.yaml')).toThrow('nowhere.yaml: no such file')
  })
})

import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atFullSize } from '../vitest.sampling.ts'
import { bookshop } from './vitest.bookshop.ts'

const executable = fileURLToPath(new URL('../bin/altostrat-contract.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'bookshop-'))

beforeAll(() => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
  git('init', '-q')
  writeFileSync(join(folder, 'broken.yaml'), 'openapi: 3.0.3\ninfo: [\n')
  git('add', '.')
  git('commit', '-qm', 'a broken contract')
  writeFileSync(join(folder, 'api.yaml'), bookshop)
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number
  stdout: string
  stderr: string
  outcomes: Record<string, string>
}

/** Runs the gate in the repository of the other API. */
function run(...args: string[]): Promise<Ended> {
  const all = [executable, 'gate', '--spec', 'api.yaml', '--reporter', 'json', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, all, { cwd: folder }, (error, stdout, stderr) => {
      const { parts } = JSON.parse(stdout || '{"parts":[]}') as { parts: { name: string; outcome: string }[] }
      const outcomes = Object.fromEntries(parts.map(({ name, outcome }) => [name, outcome]))
      resolve({ code: Number(error?.code ?? 0), stdout, stderr, outcomes })
    })
  })
}

test('a contract of another API that did not change conforms, whatever its schemas are called', async () => {
  const { code, outcomes } = await run('--base', 'api.yaml')
  expect(outcomes).toEqual({
    contract: 'passed',
    compatibility: 'passed',
    coverage: 'skipped',
    deployment: 'skipped',
  })
  expect(code).toBe(0)
})

atFullSize('coverage and fixtures are held against it when asked for', async () => {
  const coverage = await run('--parts', 'coverage')
  expect([coverage.code, coverage.outcomes.coverage, coverage.outcomes.contract]).toEqual([
    1,
    'failed',
    'skipped',
  ])
  const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))
  const { code, stdout } = await run('--parts', 'contract', '--fixtures', fixtures)
  expect([code, stdout]).toEqual([1, expect.stringContaining('does not fit Workspace')])
})

describe('a base that cannot be used', () => {
  const bases = [
    'git:HEAD',
    'git:HEAD:broken.yaml',
    'git:0000000000000000000000000000000000000000',
    'none.yaml',
  ]

  atFullSize('stops the gate, and is named as the base', async () => {
    const { code, stderr } = await run('--base', bases[1]!)
    expect([code, stderr]).toEqual([2, expect.stringMatching(/broken\.yaml:3: .*base.*--base-missing ok/)])
  })

  atFullSize('is told and passed over where that is allowed', async () => {
    const { code, outcomes, stdout } = await run(
      '--parts',
      'compatibility',
      '--base',
      bases[0]!,
      '--base-missing',
      'ok',
    )
    expect([code, outcomes.compatibility]).toEqual([0, 'skipped'])
    expect(stdout).toContain('unusable-base')
  })

  atFullSize('whether it is new in this change, invalid, unknown to git or no file', async () => {
    for (const base of bases)
      expect((await run('--parts', 'compatibility', '--base', base, '--base-missing', 'ok')).code).toBe(0)
  })

  atFullSize('is refused where it is no source at all', async () => {
    const { code } = await run('--base', 'https://example.com/api.yaml', '--base-missing', 'ok')
    expect(code).toBe(2)
  })
})

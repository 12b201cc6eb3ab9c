import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { atFullSize, sample } from '../../../vitest.sampling.ts'
import { exitCode } from '../../results/report.ts'
import { profile, serve } from '../vitest.suite-run.ts'
import { runSuiteWatched, type WatchedRunOptions } from './run-watched.ts'

const script = new URL('./vitest.hostile-checks.ts', import.meta.url)

async function run(options: Partial<WatchedRunOptions>) {
  const baseUrl = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-1.7\n%%EOF\n')
  })
  const tool = { name: 'altostrat-contract', version: '1.0.0' }
  const shown: string[] = []
  const report = await runSuiteWatched(profile, {
    baseUrl,
    tool,
    failOn: 'contract',
    concurrency: 1,
    env: {},
    script,
    onProgress: ({ id }) => shown.push(id),
    ...options,
  })
  const outcomes = Object.fromEntries(report.checks.map(({ id, outcome }) => [id, outcome]))
  const reasonOf = (id: string) => report.checks.find((check) => check.id === id)?.reason
  return { baseUrl, report, shown, outcomes, reasonOf }
}

const endingChecks = [
  [
    'that computes without end',
    'TEST-003',
    { skip: ['TEST-004'], blockedAfterMs: 1500 },
    'computed for 2 s without a pause',
    'endless=1',
  ],
  [
    'that takes memory without end',
    'TEST-004',
    { skip: ['TEST-003'], memoryMb: 64 },
    'needed more than 64 MB',
    'greedy=1',
  ],
] as const

test.each(sample(2, endingChecks))(
  'a check %s ends the run with a report of all others',
  async (_, id, options, why, query) => {
    const { report, shown, outcomes, reasonOf, baseUrl } = await run({ ...options, skip: [...options.skip] })
    expect(outcomes).toEqual({
      'TEST-001': 'passed',
      'TEST-002': 'failed',
      [options.skip[0]]: 'skipped',
      [id]: 'cantTell',
      'TEST-005': 'cantTell',
      'TEST-006': 'cantTell',
    })
    expect(shown).toEqual(expect.arrayContaining(['TEST-001', 'TEST-002']))
    expect(reasonOf(id)).toContain(why)
    expect(reasonOf(id)).toContain(`reading the response to GET ${baseUrl}`)
    expect(reasonOf(id)).toContain(query)
    expect(reasonOf('TEST-005')).toBe(`not decided: ${id} ended the run`)
    expect(report.causes.flatMap(({ checks }) => checks)).toEqual(['TEST-002'])
    expect([report.verdict, exitCode(report)]).toEqual(['nonconforming', 1])
    expect(report.checks.find((check) => check.id === 'TEST-001')?.evidence).toHaveLength(1)
  },
)

atFullSize('where nothing failed before, the verdict is inconclusive', async () => {
  const { report } = await run({ only: ['TEST-001', 'TEST-003'], blockedAfterMs: 1500 })
  expect([report.verdict, exitCode(report)]).toEqual(['inconclusive', 3])
})

test('a run that ends by itself is reported as it is', async () => {
  const { outcomes, report } = await run({ only: ['TEST-001', 'TEST-002', 'TEST-005'] })
  expect(outcomes).toEqual({ 'TEST-001': 'passed', 'TEST-002': 'failed', 'TEST-005': 'passed' })
  expect(report.durationMs).toBeGreaterThan(0)
})

atFullSize('time in which the machine lets others compute is not counted', async () => {
  const { outcomes } = await run({ only: ['TEST-006'], blockedAfterMs: 1500 })
  expect(outcomes).toEqual({ 'TEST-006': 'passed' })
})

test('what keeps a run from starting is said', async () => {
  await expect(run({ only: ['NOTHING'] })).rejects.toThrow('--only NOTHING: there is no such check')
})

atFullSize(
  'what was sent and received until a run is ended is in its evidence, the response that it read last too',
  async () => {
    const evidence = mkdtempSync(join(tmpdir(), 'evidence-'))
    const { baseUrl } = await run({ skip: ['TEST-004'], blockedAfterMs: 1500, evidence })
    const { log } = JSON.parse(readFileSync(join(evidence, 'exchanges.har'), 'utf8'))
    expect(log.creator).toEqual({ name: 'altostrat-contract', version: '1.0.0' })
    const last = log.entries.at(-1)
    expect(last).toMatchObject({ _checks: ['TEST-003'], response: { status: 200 } })
    expect(last.request.url).toMatch(new RegExp(`^${baseUrl}.*endless=1$`))
    expect(readFileSync(join(evidence, last.response.content._file), 'latin1')).toContain('%PDF-1.7')
    expect(log.entries.flatMap(({ _checks }: { _checks: string[] }) => _checks)).toContain('TEST-001')
    expect(readdirSync(evidence)).toEqual(expect.arrayContaining(['TEST-001.json', 'TEST-002.json']))
  },
)

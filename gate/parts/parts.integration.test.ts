import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { allChecks } from '../../conformance/catalogue/catalogue.ts'
import { Sandbox } from '../../conformance/pdf/sandbox/sandbox.ts'
import { referenceProfile } from '../../conformance/reference-profile.ts'
import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import { largeContract } from '../../spec/compatibility/pairs/large-contract.ts'
import { contractFile, loadDocument } from '../../spec/contract-document.ts'
import { reportFile, statements } from '../../spec/statements.ts'
import { atFullSize } from '../../vitest.sampling.ts'
import { boundedBy } from '../bounded.ts'
import type { GateFinding, Part } from '../gate-report.ts'
import { runGateCheck } from '../run-check.ts'
import { findingsOf, partOf, skippedPart, verdictOf } from '../verdict.ts'
import { compatibilityPart } from './compatibility.ts'
import { findMisfittingExamples } from './contract/examples.ts'
import { findMisfittingFixtures } from './contract/fixtures.ts'
import { lint } from './contract/lint.ts'
import { loadInPrism } from './contract/prism.ts'
import { contractPart } from './contract.ts'
import { coveragePart } from './coverage.ts'
import { deploymentPart } from './deployment.ts'

const folder = mkdtempSync(join(tmpdir(), 'gate-'))
afterAll(() => rmSync(folder, { recursive: true }))

const source = readFileSync(contractFile, 'utf8')
const fixtures = loadFixtures()
const file = 'openapi.yaml'

/** Our contract with one thing changed. */
async function changed(from = '', to = '') {
  expect(source).toContain(from)
  const path = join(folder, file)
  writeFileSync(path, source.replace(from, to))
  return loadDocument(path)
}

/** A contract of another API. */
async function other(paths: object, schemas: object = linked) {
  const parameters = { id: { name: 'id', in: 'query', schema: { type: 'string' }, example: 'x' } }
  const document = { openapi: '3.0.3', info: { title: 'Other', version: '1' }, paths }
  const path = join(folder, 'other.json')
  writeFileSync(path, JSON.stringify({ ...document, components: { parameters, schemas } }, null, 1))
  return loadDocument(path)
}

const answer = (schema: object, example: unknown = { next: { kind: 3 }, pattern: 'x' }) => ({
  content: { 'application/json': { schema, example } },
})

/** `nullable` beside `allOf` and no type, and a pattern that is none with the Unicode flag. */
const linked = {
  Link: {
    type: 'object',
    properties: {
      next: { nullable: true, allOf: [{ $ref: '#/components/schemas/Link' }] },
      kind: { type: 'string', example: 'k' },
      pattern: { type: 'string', pattern: '^[\\w-.]+$' },
    },
    example: { next: null },
  },
}

const lineOfHeading = (heading: string) => readFileSync(reportFile, 'utf8').split('\n').indexOf(heading) + 1

/** The line on which a text first stands in the contract. */
const lineOf = (text: string) => source.split('\n').findIndex((line) => line.includes(text)) + 1

type Found = { findings: GateFinding[] }

const outcomes = ({ checks }: Part) => Object.fromEntries(checks.map(({ id, outcome }) => [id, outcome]))
const errors = (...parts: Part[]) => findingsOf({ parts }).filter(({ severity }) => severity === 'error')

const sound = { openapi: 'passed', lint: 'passed', examples: 'passed', fixtures: 'passed', prism: 'passed' }

const sandbox = boundedBy({})
afterAll(() => sandbox.close())

describe('the contract', () => {
  test('ours is sound, and every check looked at something', async () => {
    const part = await contractPart({ contract: await loadDocument(contractFile), file, fixtures, sandbox })
    expect([part.outcome, outcomes(part)]).toEqual(['passed', sound])
    expect(part.checks.filter(({ examined }) => examined === 0)).toEqual([])
  })

  test.each([
    ['a lint rule', lint, 'summary: List workspaces', 'x-note: none', 'lint/operation-summary'],
    [
      'an example',
      findMisfittingExamples,
      'example: "2025-10-29T00:40:06.000000Z"',
      'example: yesterday',
      'example',
    ],
    [
      'a schema of the fixtures',
      findMisfittingFixtures,
      '        depth:\n          type: integer',
      '        depth:\n          type: boolean',
      'fixture',
    ],
  ] as const)('%s that does not hold is an error with its line', async (_, examine, from, to, rule) => {
    const { findings } = (await examine({
      contract: await changed(from, to),
      file,
      fixtures,
      sandbox,
    })) as Found
    const found = findings.filter((finding) => finding.rule === rule && finding.severity === 'error')
    expect(found.length).toBeGreaterThan(0)
    for (const { place } of found) expect(place).toEqual({ file, line: expect.any(Number) })
  })

  test('a contract of another kind is linted by the recommended rules and has no fixtures to fit', async () => {
    const path = join(folder, 'other.yaml')
    writeFileSync(path, JSON.stringify(largeContract(5_000)))
    const inputs = { contract: await loadDocument(path), file, fixtures, sandbox }
    const { findings } = (await lint(inputs)) as Found
    expect(findings.map(({ rule }) => rule)).toContain('lint/info-license')
    expect(await findMisfittingExamples(inputs)).toHaveProperty('skipped')
    expect(await findMisfittingFixtures(inputs)).toHaveProperty('skipped')
  })

  test('valid contracts that libraries stumble over are judged', async () => {
    const contract = await other({
      '/a#b': {
        get: {
          parameters: [{ $ref: '#/components/parameters/id' }],
          responses: { 200: { description: 'One.', ...answer({ $ref: '#/components/schemas/Link' }) } },
        },
        head: { operationId: 'peek', responses: { 200: { description: 'Fine.' } } },
      },
    })
    const part = await contractPart({ contract, file, sandbox })
    expect(part.checks.map(({ id, outcome, reason }) => ({ id, outcome, reason }))).toContainEqual({
      id: 'examples',
      outcome: 'failed',
      reason: expect.stringContaining('/next/kind must be string'),
    })
    expect(part.checks.filter(({ reason }) => reason.includes('itself broke'))).toEqual([])
    expect(outcomes(part).prism).not.toBe('failed')
  })

  test('a list without entries is a warning with its line, and keeps no check from judging', async () => {
    const schema = { type: 'object', required: [], oneOf: [] }
    const paths = { '/a': { get: { responses: { 200: { description: '', ...answer(schema, {}) } } } } }
    const part = await contractPart({ contract: await other(paths), file, sandbox })
    const told = part.checks.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'empty-list')
    expect(told).toEqual(
      ['oneOf', 'required'].map((keyword) => ({
        rule: 'empty-list',
        severity: 'warning',
        message: expect.stringMatching(new RegExp(`^${keyword} has no entry`)),
        place: { file, line: expect.any(Number) },
      })),
    )
    expect(outcomes(part)).toMatchObject({ openapi: 'passed', examples: 'passed', prism: 'passed' })
  })

  test('an example whose pattern backtracks is not decided, and the others are', async () => {
    const kind = { type: 'string', pattern: '^(a+)+$' }
    const paths = {
      '/a': { get: { responses: { 200: { description: '', ...answer(kind, `${'a'.repeat(40)}!`) } } } },
      '/b': { get: { responses: { 200: { description: '', ...answer(kind, 'b') } } } },
    }
    const inputs = { contract: await other(paths), file, sandbox }
    expect(await findMisfittingExamples(inputs)).toMatchObject({
      examined: 5,
      findings: [{ message: expect.stringContaining('must match pattern') }],
    })
    delete (paths as Partial<typeof paths>)['/b']
    const undecided = await findMisfittingExamples({ ...inputs, contract: await other(paths, {}) })
    expect(undecided).toEqual({ cantTell: expect.stringMatching(/:\d+: not decided after 2 s/) })
  })

  test('schemas that refer twice to the next one are read in linear time', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => {
        const next = { $ref: `#/components/schemas/S${i + 1}` }
        return [`S${i}`, i < 39 ? { type: 'object', properties: { a: next, b: next } } : { type: 'string' }]
      }),
    )
    const schema = { $ref: '#/components/schemas/S0' }
    const paths = { '/a': { get: { responses: { 200: { description: '', ...answer(schema, {}) } } } } }
    const contract = await other(paths, schemas)
    // Prism takes exponential time over them, and is ended by its limit (below).
    expect(await findMisfittingExamples({ contract, file, sandbox })).toMatchObject({ findings: [] })
    const { changes } = await compatibilityPart({
      contract,
      file,
      base: contract,
      today: '2026-01-01',
      failOn: 'breaking',
      sandbox,
    })
    expect(changes).toEqual([])
  })

  test('Prism that takes too long is no pass', async () => {
    const within = { timeoutMs: 1, memoryMb: 512 }
    expect(await loadInPrism(largeContract(5_000), 1, within)).toMatchObject({
      cantTell: expect.stringMatching(/Prism/),
    })
  })

  atFullSize('operations that Prism does not find fail', async () => {
    const { findings } = (await loadInPrism({ openapi: '3.0.3', info: {}, paths: {} }, 2)) as never as {
      findings: object[]
    }
    expect(findings).toMatchObject([{ severity: 'error', message: 'Prism finds 0 of 2 operations' }])
    expect(await loadInPrism({ openapi: '3.1.0', info: {}, paths: {} }, 2)).toEqual({
      skipped: 'Prism finds 0 of 2 operations; it does not take all of OpenAPI 3.1',
    })
  })
})

describe('compatibility', async () => {
  const base = await loadDocument(contractFile)
  const today = '2026-05-04'
  const failOn = 'breaking' as const

  test('the same contract has no change', async () => {
    const { part, changes } = await compatibilityPart({ contract: base, file, base, today, failOn, sandbox })
    expect([part.outcome, changes]).toEqual(['passed', []])
  })

  test('a break fails at its line, and passes while it is accepted', async () => {
    const contract = await changed(
      '    get:\n      operationId: listWorkspaces\n',
      '    put:\n      operationId: listWorkspaces\n',
    )
    const open = await compatibilityPart({ contract, file, base, today, failOn, sandbox })
    expect(open.part.outcome).toBe('failed')
    const [finding] = errors(open.part)
    expect(finding?.place?.line).toBeGreaterThanOrEqual(lineOf('  /workspaces:'))
    const entries = open.changes
      .filter(({ verdict }) => verdict === 'breaking')
      .map(({ id, place }) => ({ change: id, place, reason: 'agreed', expires: today }))
    const accept = { file: 'accepted.yaml', entries }
    const accepted = await compatibilityPart({ contract, file, base, accept, today, failOn, sandbox })
    expect([accepted.part.outcome, errors(accepted.part)]).toEqual(['passed', []])
    expect(accepted.changes[0]?.accepted).toEqual({ reason: 'agreed', expires: today })
    const late = await compatibilityPart({
      contract,
      file,
      base,
      accept,
      failOn,
      today: '2026-05-05',
      sandbox,
    })
    expect(late.part.outcome).toBe('failed')
    expect(findingsOf({ parts: [late.part] })).toContainEqual(
      expect.objectContaining({ rule: 'accepted-change', place: { file: 'accepted.yaml' } }),
    )
  })

  test('a change in another file of the contract is placed there', async () => {
    const [entry, part] = [join(folder, 'several.yaml'), join(folder, 'Book.yaml')]
    const content = { 'application/json': { schema: { $ref: './Book.yaml' } } }
    const read = { operationId: 'read', responses: { 200: { description: 'One.', content } } }
    const info = { title: 'Several', version: '1' }
    writeFileSync(entry, JSON.stringify({ openapi: '3.0.3', info, paths: { '/books': { get: read } } }))
    const withTitle = (type: string) => {
      writeFileSync(part, `type: object\nproperties:\n  title:\n    type: ${type}\n`)
      return loadDocument(entry)
    }
    const [before, contract] = [await withTitle('string'), await withTitle('integer')]
    const inputs = { contract, file: 'several.yaml', base: before, today, failOn, sandbox }
    const { part: judged, changes } = await compatibilityPart(inputs)
    const place = { file: part, line: 4 }
    expect([changes[0], errors(judged)[0]?.place]).toEqual([expect.objectContaining(place), place])
  })

  test('a comparison that reaches a limit could not be told', async () => {
    await using short = new Sandbox({ timeoutMs: 1 })
    const contract = await changed('List workspaces', 'List all workspaces')
    const inputs = { contract, file, base, today, failOn, sandbox: short }
    const { part, changes } = await compatibilityPart(inputs)
    expect([part.outcome, part.summary, changes]).toEqual(['cantTell', `not compared with ${base.file}`, []])
    expect(part.checks[0]?.reason).toBe('not decided after 0.001 s of processor time')
  })

  test('what is gone from a list is placed at the list, not at what took its place', async () => {
    const first = '        - $ref: "#/components/parameters/WorkspaceId"\n'
    const second = '        - $ref: "#/components/parameters/MemberId"\n'
    const gone = '        - { name: verbose, in: query, schema: { type: boolean } }\n'
    const before = await changed(first + second, first + gone + second)
    const { part } = await compatibilityPart({ contract: base, file, base: before, today, failOn, sandbox })
    const line = source.slice(0, source.indexOf(first + second)).split('\n').length
    expect(errors(part)).toMatchObject([{ rule: 'change/parameter-removed', place: { line } }])
    expect(errors(part)[0]?.pointer).toMatch(/parameters\/query\.verbose$/)
  })

  test('a base that cannot be used is told, and decides nothing', async () => {
    const unusable = { file: 'git:main', unusable: 'no such path' }
    const { part, changes } = await compatibilityPart({
      contract: base,
      file,
      base: unusable,
      today,
      failOn,
      sandbox,
    })
    expect([part.outcome, changes]).toEqual(['skipped', []])
    expect(findingsOf({ parts: [part] })).toMatchObject([
      {
        rule: 'unusable-base',
        severity: 'warning',
        message: 'the base git:main cannot be used: no such path',
      },
    ])
  })

  test('a risk is told and does not fail', async () => {
    const contract = await changed('operationId: listWorkspaces\n', 'operationId: allWorkspaces\n')
    const { part, changes } = await compatibilityPart({ contract, file, base, today, failOn, sandbox })
    expect(changes.map(({ verdict }) => verdict)).toEqual(['risky'])
    expect(part.outcome).toBe('passed')
    expect(part.summary).toBe(`1 change since ${base.file}: 0 breaking, 1 risky, 0 harmless`)
    expect(findingsOf({ parts: [part] })).toMatchObject([{ severity: 'warning' }])
    const strict = await compatibilityPart({ contract, file, base, today, failOn: 'risky', sandbox })
    expect(strict.part.outcome).toBe('failed')
  })

  test('a severity of this pipeline replaces the usual one', async () => {
    const contract = await changed('operationId: listWorkspaces\n', 'operationId: allWorkspaces\n')
    const severity = [{ rule: 'operation-id-*', severity: 'breaking' as const }]
    const { part, changes } = await compatibilityPart({
      contract,
      file,
      base,
      today,
      failOn,
      severity,
      sandbox,
    })
    expect(changes).toMatchObject([{ verdict: 'breaking', usual: 'risky' }])
    expect(errors(part)).toMatchObject([{ message: expect.stringMatching(/^breaking \(usually risky\)/) }])
  })
})

describe('coverage', () => {
  const inputs = { file, checks: allChecks, statements, statementsFile: 'report.md' }

  test('an answer of the user that no check covers fails at its line; others may be uncovered', async () => {
    const contract = await changed(
      '        "401":\n',
      '        default:\n          description: Any other.\n        "401":\n',
    )
    const part = await coveragePart({ ...inputs, contract, statements: [] })
    expect(errors(part)).toEqual([
      {
        rule: 'uncovered-answer',
        severity: 'error',
        message: 'No check covers GET /workspaces/{workspaceId}/organizations/usage.pdf default',
        place: { file, line: lineOf('"401":') + 1 },
      },
    ])
  })

  test('another name of a path parameter is the same answer', async () => {
    const path = join(folder, file)
    writeFileSync(path, source.replaceAll('{workspaceId}', '{id}').replace('name: workspaceId', 'name: id'))
    const part = await coveragePart({ ...inputs, contract: await loadDocument(path) })
    expect(outcomes(part).answers).toBe('passed')
  })

  test('a statement that no check cites fails', async () => {
    const checks = allChecks.filter(({ source }) => source !== 'report#nothing-in-it-acts')
    const part = await coveragePart({ ...inputs, contract: await loadDocument(contractFile), checks })
    expect(outcomes(part)).toMatchObject({ answers: 'passed', statements: 'failed' })
    const found = errors(part).find(({ message }) => message.includes('nothing-in-it-acts'))
    expect(found?.place).toEqual({ file: 'report.md', line: lineOfHeading('## Nothing in it acts') })
  })
})

describe('the deployment', async () => {
  const contract = await loadDocument(contractFile)
  const tool = { name: 'altostrat-contract', version: 'test' }
  const profile = referenceProfile({
    tokens: inject('tokens'),
    signingKey: inject('signingKey'),
    jwksUrl: inject('jwksUrl'),
  })
  const asked = { contract, file, tool, profile, failOn: 'contract' as const, baseline: [], env: {} }

  atFullSize('ours conforms, and its checks ran', async () => {
    const part = await deploymentPart({ ...asked, target: inject('baseUrl') })
    expect(part.outcome).toBe('passed')
    expect(part.checks.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(60)
  })

  atFullSize('one whose response blocks the suite ends the run, not the gate', async () => {
    const script = new URL('../../conformance/engine/watched/vitest.hostile-checks.ts', import.meta.url)
    const watch = { script, blockedAfterMs: 1500, skip: ['TEST-002', 'TEST-004'] }
    const part = await deploymentPart({ ...asked, target: inject('baseUrl'), watch })
    expect(outcomes(part)).toMatchObject({ 'TEST-001': 'passed', 'TEST-003': 'cantTell' })
    expect(part.outcome).toBe('cantTell')
    expect(part.checks.find(({ id }) => id === 'TEST-003')?.reason).toContain(
      'computed for 2 s without a pause',
    )
  })

  test('one that cannot be reached is no pass', async () => {
    const part = await deploymentPart({ ...asked, target: 'http://127.0.0.1:9' })
    expect(part.outcome).toBe('cantTell')
    expect(part.summary).toContain('could not be judged')
  })

  atFullSize(
    'a check that passes and stands in the baseline fails: it would hide the next failure',
    async () => {
      const { id } = allChecks.find(
        ({ level, covers }) => level === 'contract' && covers[0]?.endsWith('401'),
      )!
      const baseline = [{ id, reason: 'old', since: '2026-01-01' }]
      const part = await deploymentPart({ ...asked, target: inject('baseUrl'), baseline })
      expect(errors(part)).toMatchObject([
        { rule: `conformance/${id}`, place: { file, line: expect.any(Number) } },
      ])
      expect(part.outcome).toBe('failed')
    },
  )
})

test('a check that breaks could not tell: its own fault is no verdict', async () => {
  const broken = await runGateCheck('x', 'Anything', () => {
    throw new Error('out of paper')
  })
  expect(broken).toMatchObject({ outcome: 'cantTell', reason: 'the check itself broke: out of paper' })
})

describe('the verdict', () => {
  const part = (outcome: Part['outcome']): Part => ({ ...skippedPart('coverage', ''), outcome })

  test.each([
    [['passed', 'skipped', 'passed', 'skipped'], 'conforming'],
    [['passed', 'cantTell', 'passed', 'skipped'], 'inconclusive'],
    [['cantTell', 'failed', 'passed', 'passed'], 'nonconforming'],
  ] as const)('of %j is %s', (outcomes, verdict) => {
    expect(verdictOf(outcomes.map(part))).toBe(verdict)
  })

  test('a part of which nothing ran could not tell', () => {
    expect(partOf('coverage', '', [], 0).outcome).toBe('cantTell')
  })
})

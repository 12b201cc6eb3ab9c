import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { GateCheck, GateFinding, GateReport } from '../gate-report.ts'
import { partOf, skippedPart, summarize, verdictOf } from '../verdict.ts'
import { annotation } from './github.ts'
import { gateFormats } from './index.ts'
import { pipelineOutputs, prepareReportFolder, reportFiles } from './report-folder.ts'

const place = { file: 'spec/openapi.yaml', line: 42 }
const breaking = {
  id: 'operation-removed',
  place: '/paths/~1gone/get',
  placeIn: 'base' as const,
  operations: ['GET /gone'],
  message: 'GET /gone was removed | <script>',
  client: 'breaking' as const,
  server: 'harmless' as const,
  verdict: 'breaking' as const,
  line: 42,
}
const risky = {
  ...breaking,
  message: 'GET /b was renamed',
  client: 'risky' as const,
  verdict: 'risky' as const,
}
const accepted = {
  ...breaking,
  message: 'GET /c was removed',
  accepted: { reason: 'agreed', expires: '2027-01-01' },
}

const findings: GateFinding[] = [
  {
    rule: 'change/operation-removed',
    severity: 'error',
    message: 'breaking: 100 % gone,\nreally',
    place,
    pointer: breaking.place,
  },
  { rule: 'change/operation-renamed', severity: 'warning', message: 'risky: renamed', place },
  { rule: 'change/operation-removed', severity: 'note', message: 'breaking: c', place, accepted: 'agreed' },
  { rule: 'change/operation-added', severity: 'note', message: 'harmless: added', place },
]

const check = (id: string, outcome: GateCheck['outcome'], more: Partial<GateCheck> = {}): GateCheck => ({
  id,
  title: `Title of ${id}`,
  outcome,
  reason: outcome === 'passed' ? '' : `reason of ${id} <&"\u0000`,
  examined: 1,
  decides: true,
  findings: [],
  ...more,
})

const parts = [
  partOf('contract', '37 operations', [check('lint', 'passed'), check('prism', 'cantTell')], 10.4),
  partOf('compatibility', '1 breaking', [check('changes', 'failed', { findings })], 1),
  skippedPart('coverage', 'nobody asked'),
  partOf('deployment', 'x', [check('AUTH-001', 'known'), check('HTTP-001', 'failed', { decides: false })], 5),
]
const report: GateReport = {
  schemaVersion: 1,
  tool: { name: 'altostrat-contract', version: '1.0.0' },
  contract: { file: place.file, title: 'API', version: '1', sha256: 'a'.repeat(64) },
  base: 'git:HEAD',
  target: 'http://127.0.0.1:4010',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1234,
  verdict: verdictOf(parts),
  summary: summarize(parts),
  parts,
  changes: [breaking, risky, accepted],
}
const rendered = (format: keyof typeof gateFormats, of = report) =>
  gateFormats[format].render(of, { color: false })

describe('every format', () => {
  test.each(Object.keys(gateFormats) as (keyof typeof gateFormats)[])(
    '%s says the verdict or what broke',
    (format) => {
      expect(rendered(format)).toMatch(/not conforming|nonconforming|failures="1"|breaking: 100 %/)
    },
  )
})

test('checks that came to no result are not counted as run', () => {
  expect(report.summary).toEqual({ ran: 4, passed: 1, failed: 2, cantTell: 1, skipped: 0, known: 1 })
  expect(parts.map(({ outcome }) => outcome)).toEqual(['cantTell', 'failed', 'skipped', 'passed'])
})

test('pretty: what is to be mended, one line a part, the verdict last', () => {
  const lines = rendered('pretty').trimEnd().split('\n')
  expect(lines.slice(-5)).toEqual([
    '? contract      37 operations',
    '✗ compatibility 1 breaking',
    '- coverage      nobody asked',
    '✓ deployment    x',
    'not conforming  4 checks ran: 1 passed, 2 failed, 1 known, 1 could not tell (1.2 s)',
  ])
  expect(lines).toContainEqual(expect.stringMatching(/error spec\/openapi\.yaml:42: breaking: 100 % gone/))
  expect(lines).toContainEqual(expect.stringMatching(/could not tell reason of prism/))
  // Whoever accepts a break finds here what to write into the file.
  expect(rendered('pretty')).toContain('change/operation-removed /paths/~1gone/get')
})

test('pretty shows what would steer a terminal', () => {
  const findings = [{ rule: 'x', severity: 'error' as const, message: 'red \u001b[31m' }]
  const steering = { ...report, parts: [partOf('contract', '', [check('lint', 'failed', { findings })], 1)] }
  expect(rendered('pretty', steering)).not.toContain('\u001b')
})

test('codequality: what is open, at its line, told apart by what it is about', () => {
  const issues = JSON.parse(rendered('codequality'))
  expect(issues).toMatchObject([
    {
      check_name: 'change/operation-removed',
      severity: 'critical',
      location: { path: place.file, lines: { begin: 42 } },
    },
    { check_name: 'change/operation-renamed', severity: 'minor' },
  ])
  expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(2)
})

test('json fits its schema', () => {
  const ajv = new Ajv({ allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(
    JSON.parse(readFileSync(new URL('../report.schema.json', import.meta.url), 'utf8')),
  )
  validate(JSON.parse(rendered('json')))
  expect(validate.errors).toBeNull()
  expect(validate({ ...report, verdict: 'fine' })).toBe(false)
})

test('junit: a part is a suite, and what could not tell is an error', () => {
  const xml = rendered('junit')
  expect(xml).toContain('tests="6" failures="1" errors="1" skipped="3"')
  expect(xml).toContain('<error message="reason of prism &lt;&amp;&quot;␀">')
  expect(xml).toContain('<testcase classname="coverage" name="coverage"><skipped message="nobody asked">')
  expect(xml.match(/<testcase /g)).toHaveLength(6)
  expect(xml.match(/<\/testcase>|<testcase [^>]*\/>/g)).toHaveLength(6)
})

describe('markdown', () => {
  test('tells a reviewer what changed for whom, accepted or not', () => {
    const page = rendered('markdown')
    const [client = '', server = ''] =
      page.split('**If you call this API**')[1]?.split('**If you serve this API**') ?? []
    expect(page).toContain('## Contract gate: not conforming\n\n4 checks ran')
    expect(client).toContain('2 breaks:')
    expect(client).toContain('GET /gone was removed \\| &lt;script\\> (`spec/openapi.yaml:42`)')
    expect(client).toContain('accepted until 2027-01-01, agreed')
    expect(client).toContain('1 may surprise:')
    expect(server).toContain('<summary>3 new, or without consequence</summary>')
  })

  test('says where nothing was compared, and where nothing changed', () => {
    const { base: _, ...alone } = report
    expect(rendered('markdown', { ...alone, changes: [] })).toContain('Not compared: no base was given.')
    expect(rendered('markdown', { ...report, changes: [] })).toContain('Nothing since `git:HEAD`.')
  })
})

describe('sarif', () => {
  const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } }
  /** What SARIF 2.1.0 requires (§3.13, §3.14, §3.18, §3.20, §3.27), and a line, which code scanning needs. */
  const required = {
    type: 'object',
    required: ['version', 'runs', '$schema'],
    properties: {
      version: { const: '2.1.0' },
      runs: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['tool', 'results'],
          properties: {
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name', 'rules'],
                  properties: { rules: { type: 'array', uniqueItems: true, items: { required: ['id'] } } },
                },
              },
            },
            invocations: {
              type: 'array',
              items: {
                required: ['executionSuccessful'],
                properties: {
                  toolExecutionNotifications: {
                    type: 'array',
                    items: { required: ['message'], properties: { message: text } },
                  },
                },
              },
            },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['ruleId', 'message', 'locations'],
                properties: {
                  message: text,
                  level: { enum: ['none', 'note', 'warning', 'error'] },
                  locations: {
                    type: 'array',
                    minItems: 1,
                    items: {
                      required: ['physicalLocation'],
                      properties: {
                        physicalLocation: {
                          required: ['artifactLocation', 'region'],
                          properties: {
                            artifactLocation: {
                              required: ['uri'],
                              properties: { uri: { type: 'string', format: 'uri-reference' } },
                            },
                            region: {
                              required: ['startLine'],
                              properties: { startLine: { type: 'integer', minimum: 1 } },
                            },
                          },
                        },
                      },
                    },
                  },
                  suppressions: {
                    type: 'array',
                    items: { required: ['kind'], properties: { kind: { enum: ['inSource', 'external'] } } },
                  },
                },
              },
            },
          },
        },
      },
    },
  }

  test('has what the standard requires', () => {
    const ajv = new Ajv({ allErrors: true, strict: false })
    addFormats.default(ajv)
    const validate = ajv.compile(required)
    validate(JSON.parse(rendered('sarif')))
    expect(validate.errors).toBeNull()
  })

  test('places findings at their lines, suppresses what is accepted, and leaves out what is harmless', () => {
    const [run] = JSON.parse(rendered('sarif')).runs
    const seen = run.results.map(({ ruleIndex, level, locations, suppressions }: never) => [
      run.tool.driver.rules[ruleIndex].id,
      level,
      (locations as { physicalLocation: { region: object } }[])[0]?.physicalLocation.region,
      suppressions !== undefined,
    ])
    const region = { startLine: 42 }
    expect(seen).toEqual([
      ['change/operation-removed', 'error', region, false],
      ['change/operation-renamed', 'warning', region, false],
      ['change/operation-removed', 'note', region, true],
    ])
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1)
  })
})

describe('github', () => {
  test('annotates the line, and what could not tell', () => {
    const lines = rendered('github').split('\n')
    expect(lines[0]).toBe(
      '::error file=spec/openapi.yaml,line=42,title=change/operation-removed::breaking: 100 %25 gone,%0Areally',
    )
    expect(lines).toContainEqual(expect.stringMatching(/^::warning .*risky: renamed$/))
    expect(lines).toContainEqual(expect.stringMatching(/^::error title=contract::contract could not tell/))
    expect(lines.at(-2)).toMatch(/^::notice .*::not conforming: 4 checks ran/)
  })

  test('lets no text end the command or its properties', () => {
    expect(annotation('error', 'a\n::error::b', 'x,y:z', { file: 'a,b:c' })).toBe(
      '::error file=a%2Cb%3Ac,title=x%2Cy%3Az::a%0A::error::b\n',
    )
  })
})

describe('the folder of reports', () => {
  const everywhere = ['json', 'junit', 'markdown', 'sarif'].map((format) => [format, true])

  test.each([
    ['anywhere', {}, everywhere],
    ['on GitHub', { GITHUB_ACTIONS: 'true' }, [...everywhere, ['github', false]]],
    ['on GitLab', { GITLAB_CI: 'true' }, [...everywhere, ['codequality', true]]],
    ['where the variable says no', { GITHUB_ACTIONS: 'false' }, everywhere],
  ])('%s has what is of use there', (_, env, wanted) => {
    const outputs = pipelineOutputs('reports', env)
    expect(outputs.map(({ format, file }) => [format, file !== undefined])).toEqual(wanted)
    expect(outputs[0]).toEqual({ format: 'json', file: join('reports', 'gate.json') })
  })

  test('is made, and loses the reports of an earlier run, nothing else', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'reports-')), 'new')
    expect(prepareReportFolder(folder)).toBe(folder)
    for (const file of [...reportFiles, 'gate.yml']) writeFileSync(join(folder, file), '')
    prepareReportFolder(folder)
    expect(readdirSync(folder)).toEqual(['gate.yml'])
  })
})

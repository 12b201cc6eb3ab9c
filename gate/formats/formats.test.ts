import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { ContractError } from '../../spec/contract-error.ts'
import type { Part } from '../gate-report.ts'
import { partOf, skippedPart } from '../verdict.ts'
import { annotateUnstarted, annotation } from './github.ts'
import { gateFormats } from './index.ts'
import { check, parts, place, rendered, report } from './vitest.sample.ts'

describe('every format', () => {
  test.each(Object.keys(gateFormats) as (keyof typeof gateFormats)[])(
    '%s says the verdict or what broke',
    (format) => {
      expect(rendered(format)).toMatch(/not conforming|nonconforming|failures="1"|breaking: 100 %|Breaking/)
    },
  )
})

test('checks that came to no result are not counted as run', () => {
  expect(report.summary).toEqual({ ran: 4, passed: 1, failed: 2, cantTell: 1, skipped: 0, known: 1 })
  expect(parts.map(({ outcome }) => outcome)).toEqual(['cantTell', 'failed', 'skipped', 'passed'])
})

test('pretty: what to fix, one line a part, the verdict last', () => {
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
  // As an entry of a file of accepted changes names them.
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

const undecided = check('changes', 'cantTell', { reason: 'not decided after 30 s' })
const uncompared: [string, Part, string][] = [
  ['without a base', skippedPart('compatibility', 'needs --base FILE'), 'needs --base FILE'],
  ['at a limit', partOf('compatibility', 'x', [undecided], 1), 'not decided after 30 s'],
]

describe('markdown', () => {
  test('tells a reviewer what changed for whom, accepted or not', () => {
    const page = rendered('markdown')
    const [client = '', server = ''] =
      page.split('**If you call this API**')[1]?.split('**If you serve this API**') ?? []
    expect(page).toContain('## Contract gate: not conforming\n\n4 checks ran')
    expect(client).toContain('2 breaking changes:')
    expect(client).toContain('GET /gone was removed \\| &lt;script\\> (`spec/openapi.yaml:42`)')
    expect(client).toContain('accepted until 2027-01-01, agreed')
    expect(client).toContain('1 change with a risk:')
    expect(server).toBe('\n\nNothing breaks, and nothing is a risk.\n')
  })

  test('lists what has no consequence once, folded', () => {
    const harmless = { verdict: 'harmless', client: 'harmless', server: 'harmless' } as const
    const added = { ...report.changes[0]!, ...harmless, message: 'GET /new is new.' }
    const page = rendered('markdown', { ...report, changes: [...report.changes, added] })
    expect(page).toContain('<summary>1 change without consequence</summary>\n\n- GET /new is new.')
    expect(page.match(/GET \/new is new/g)).toHaveLength(1)
  })

  test.each(uncompared)('says why nothing was compared: %s', (_, part, reason) => {
    const { base: __, ...alone } = report
    const page = rendered('markdown', { ...alone, parts: [part], changes: [] })
    expect(page).toContain(`Not compared: ${reason}.`)
  })

  test('says where nothing changed', () => {
    expect(rendered('markdown', { ...report, changes: [] })).toContain('Nothing since `git:HEAD`.')
  })
})

test('markdown: a response without a check is nothing to fix in the contract', () => {
  const finding = {
    rule: 'uncovered-answer',
    severity: 'error' as const,
    message: 'No check covers GET /a 200',
  }
  const coverage = partOf('coverage', 'x', [check('answers', 'failed', { findings: [finding] })], 1)
  const page = rendered('markdown', { ...report, parts: [coverage] })
  expect(page).toContain('### Without a check\n\n- No check covers GET /a 200')
  expect(page).not.toContain('### To fix')
})

describe('changelog', () => {
  test('groups what changed as its readers look for it', () => {
    const more = [
      {
        id: 'operation-added',
        verdict: 'harmless' as const,
        message: 'GET /new is new.',
        operations: ['GET /new'],
      },
      { id: 'operation-deprecated', verdict: 'harmless' as const, message: 'GET /old is deprecated.' },
      {
        id: 'enum-values-added',
        message: 'In responses, Book.state may be more.',
        operations: ['GET /a', 'GET /b'],
      },
    ]
    const changes = more.map((change) => ({ ...report.changes[0]!, ...change }))
    const page = rendered('changelog', { ...report, changes: [...report.changes, ...changes] })
    expect(page.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '## API 1 (2026-01-01)',
      '### Added',
      '### Deprecated',
      '### Removed',
    ])
    expect(page).toContain(
      '- GET /new is new.\n- **Breaking:** In responses, Book.state may be more. (`GET /a`, `GET /b`)',
    )
    expect(page).toContain('GET /c was removed (`GET /gone`) Agreed: agreed.')
  })

  test.each(uncompared)('says why nothing was compared: %s', (_, part, reason) => {
    const page = rendered('changelog', { ...report, parts: [part], changes: [] })
    expect(page).toContain(`Not compared: ${reason}.`)
  })

  test('says where nothing changed', () => {
    expect(rendered('changelog', { ...report, changes: [] })).toContain('Nothing changed since `git:HEAD`.')
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

  test('says how many more there are than GitHub shows', () => {
    const findings = Array.from({ length: 13 }, (_, line) => ({
      rule: 'lint/x',
      severity: 'error' as const,
      message: 'm',
      place: { file: 'api.yaml', line: line + 1 },
    }))
    const [part] = parts.filter(({ name }) => name === 'contract')
    const [check] = part!.checks
    const crowded = { ...report, parts: [{ ...part!, checks: [{ ...check!, findings }] }] }
    const lines = gateFormats.github.render(crowded).trimEnd().split('\n')
    expect(lines.filter((line) => line.startsWith('::error file='))).toHaveLength(10)
    expect(lines.at(-1)).toMatch(/, 3 more errors in the report$/)
  })

  test('places what could not be read in its file, and nowhere where only git has it', () => {
    expect(annotateUnstarted(new ContractError('api.yaml', 3, 'no'))).toBe(
      '::error file=api.yaml,line=3,title=contract::no\n',
    )
    expect(annotateUnstarted(new ContractError('git:main', undefined, 'no'))).toBe(
      '::error title=contract::git:main: no\n',
    )
  })

  test('lets no text end the command or its properties', () => {
    expect(annotation('error', 'a\n::error::b', 'x,y:z', { file: 'a,b:c' })).toBe(
      '::error file=a%2Cb%3Ac,title=x%2Cy%3Az::a%0A::error::b\n',
    )
  })
})

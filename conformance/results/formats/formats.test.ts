import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { verifyFormats } from './index.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { pretty } from './pretty.ts'
import { hostile, hostileReport, mixedReport, report, result } from './vitest.sample.ts'

const plain = { color: false }

describe.each(Object.entries(verifyFormats))('%s', (_, { render }) => {
  test('is the same for the same results', () => {
    expect(render(mixedReport(), plain)).toBe(render(mixedReport(), plain))
  })

  test('shows no control character and no direction override that a deployment sent', () => {
    if (render === verifyFormats.json.render) return
    expect(render(hostileReport(), plain)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f\u202e]/)
  })
})

describe('pretty', () => {
  test('tells what failed, why, by which clause, and how to see it', async () => {
    const text = pretty(mixedReport(), plain)
    expect(text).toMatch(
      /✗ AUTH-002 {2}The statement.*\n.*why AUTH-002 ended so\n.*RFC 9110 §11.6.1.*\n.*curl .*\$MEMBER_TOKEN/,
    )
    await expect(text).toMatchFileSnapshot('snapshots/pretty.txt')
  })

  test('uses colour only where it may', () => {
    expect(pretty(mixedReport(), { color: true })).toContain('\x1b[31m')
    expect(pretty(mixedReport(), plain)).not.toContain('\x1b')
  })

  test('says once why nothing could be decided', () => {
    const checks = [result('AUTH-001', 'cantTell'), result('AUTH-002', 'cantTell')]
    const text = pretty(report(checks, { problem: 'nobody listens' }), plain)
    expect(text.match(/nobody listens/g)).toHaveLength(1)
    expect(text).not.toContain('AUTH-001')
  })
})

describe('markdown', () => {
  test('has a table of what fails, the evidence folded, and how much really ran', async () => {
    const text = markdown(mixedReport())
    expect(text).toContain('**6 of 8 checks really ran.**')
    expect(text).toContain('| ✗ | `AUTH-002` |')
    expect(text).toContain('[RFC 9110 §11.6.1](https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1)')
    await expect(text).toMatchFileSnapshot('snapshots/markdown.txt')
  })

  test('nothing that a deployment says becomes formatting, a column, a mention or the end of a code block', () => {
    const reason = `${hostile} @everyone\n# heading`
    const [exchange] = hostileReport().checks[0]!.evidence
    const text = markdown(report([result('AUTH-001', 'failed', { reason, evidence: [exchange!] })]))
    const folded = /<details>[\s\S]*?<\/details>/g
    const [prose, code] = [text.replaceAll(folded, '').replaceAll(/<\/?sub>/g, ''), text.match(folded) ?? []]
    expect(prose).not.toMatch(/(?<!\\)<|@everyone|^# heading/m)
    expect(
      prose
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes('AUTH-001'))
        ?.match(/(?<!\\)\|/g),
    ).toHaveLength(6)
    expect(code.join('').match(/^`{4,}/gm)?.length).toBeGreaterThan(2)
  })

  test('fits in a comment however much fails', () => {
    const checks = Array.from({ length: 99 }, (_, i) =>
      result(`AUTH-${String(i).padStart(3, '0')}` as 'AUTH-001', 'failed', { reason: 'x'.repeat(3000) }),
    )
    const text = markdown(report(checks))
    expect(text.length).toBeLessThan(65_536)
    expect(text).toMatch(/Evidence of \d+ more checks/)
  })
})

describe('junit', () => {
  test('counts an area as suite: what decides fails, what cannot be told is an error, the rest is skipped', async () => {
    const text = junit(report(mixedReport().checks, { failOn: 'http' }))
    expect(text).toContain('<testsuite name="AUTH" tests="4" failures="2" errors="0" skipped="1"')
    expect(text).toContain('<testsuite name="HTTP" tests="3" failures="0" errors="1" skipped="1"')
    expect(text).toContain('type="stale"')
    await expect(text).toMatchFileSnapshot('snapshots/junit.txt')
  })

  test('is well-formed whatever a deployment says', () => {
    const text = junit(hostileReport())
    const outside = text.replaceAll(/<[a-z-]+( [a-z]+="[^"<>]*")*\/?>|<\/[a-z-]+>|<\?xml [^>]*\?>/g, '')
    expect(outside).not.toMatch(/[<>"]|&(?!(amp|lt|gt|quot|#10|#9);)/)
  })
})

test('json validates against its schema, hostile answers included', () => {
  const validate = addFormats
    .default(new Ajv({ strict: true }))
    .compile(JSON.parse(readFileSync(new URL('../report.schema.json', import.meta.url), 'utf8')))
  const illustrated = report([result('AUTH-001', 'failed', { pictures: [{ page: 1, png: '' }] })])
  for (const one of [
    mixedReport(),
    illustrated,
    { ...hostileReport(), target: 'https://staging.example.com' },
  ]) {
    validate(JSON.parse(json(one)))
    expect(validate.errors).toBeNull()
  }
})

test.each(Object.entries(verifyFormats))(
  '%s lists failures by level: contract, http, advice',
  (_, { render }) => {
    const failures = report([
      result('AUTH-001', 'failed', { level: 'advice' }),
      result('AUTH-002', 'passed'),
      result('AUTH-003', 'failed', { level: 'http' }),
      result('AUTH-004', 'cantTell'),
      result('AUTH-005', 'failed'),
    ])
    const text = render(failures, { color: false })
    const places = ['AUTH-005', 'AUTH-003', 'AUTH-001'].map((id) => text.indexOf(id))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
  },
)

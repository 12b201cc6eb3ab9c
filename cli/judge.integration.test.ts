import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawPage, drawReport } from '../conformance/catalogue/mutations/plain-report.ts'
import { generateOrganizations } from '../fixtures/largest.ts'
import { atFullSize, sample } from '../vitest.sampling.ts'

const dir = mkdtempSync(join(tmpdir(), 'judge-'))
const organizations = generateOrganizations(6)
const inDir = (name: string) => join(dir, name)

function judge(...args: string[]) {
  const main = new URL('./main.ts', import.meta.url).pathname
  return spawnSync(process.execPath, [main, 'judge', ...args], { encoding: 'utf8' })
}

beforeAll(() => {
  const payload = { data: organizations, has_more: false }
  writeFileSync(inDir('organizations.json'), JSON.stringify(payload))
  writeFileSync(inDir('right.pdf'), drawReport(organizations))
  writeFileSync(inDir('short.pdf'), drawReport(organizations.slice(0, -1)))
  writeFileSync(inDir('picture.pdf'), drawPage('595 0 0 842 0 0 cm /Picture Do'))
  writeFileSync(inDir('page.pdf'), '<!doctype html><p>Sign in')
})

const of = (...files: string[]) => [...files.map(inDir), '--organizations', inDir('organizations.json')]

describe('exit codes', () => {
  test.each(
    sample(4, [
      [0, 'conforming', ['right.pdf']],
      [1, 'nonconforming', ['right.pdf', 'short.pdf']],
      [1, 'broken', ['page.pdf', 'picture.pdf']],
      [3, 'unreadable', ['right.pdf', 'picture.pdf']],
    ]),
  )('%i where a file is %s', (code, verdict, files) => {
    const { status, stdout } = judge(...of(...files), '--reporter', 'json')
    expect(JSON.parse(stdout).map((each: { verdict: string }) => each.verdict)).toContain(verdict)
    expect(status).toBe(code)
  })

  test.each(
    sample(4, [
      [
        'a payload that is not there',
        [inDir('right.pdf'), '--organizations', inDir('none.json')],
        'none.json',
      ],
      ['a file that is not there', of('none.pdf'), 'none.pdf'],
      ['an unknown option', [...of('right.pdf'), '--colour'], '--colour'],
      ['no payload at all', [inDir('right.pdf')], '--organizations'],
    ]),
  )('2 for %s, which is named', (_, args, named) => {
    const { status, stdout, stderr } = judge(...args)
    expect(stderr).toContain(named)
    expect([status, stdout]).toEqual([2, ''])
  })
})

test('JSON tells the findings of each file', () => {
  const missing = organizations.at(-1)!
  const [entry, ...others] = JSON.parse(judge(...of('short.pdf'), '--reporter', 'json').stdout)
  expect(others).toEqual([])
  expect(entry).toEqual({
    file: inDir('short.pdf'),
    verdict: 'nonconforming',
    pages: 1,
    durationMs: expect.any(Number),
    findings: [
      {
        kind: 'missing-organization',
        organization: missing.id,
        name: missing.name,
        message: `${missing.name} is not in the report`,
      },
    ],
    remarks: [],
  })
})

atFullSize('JSON tells what is wrong with the file but not with its content', () => {
  const right = drawReport(organizations).toString('latin1')
  const damaged: [name: string, text: string, remark: RegExp][] = [
    ['mark.pdf', `\xef\xbb\xbf${right}`, /before %PDF-/],
    ['newline.pdf', `\r\n${right}`, /before %PDF-/],
    [
      'warning.pdf',
      `<br />\n<b>Warning</b>: x in <b>/a.php</b> on line <b>3</b><br />\n${right}`,
      /before %PDF-/,
    ],
    ['after.pdf', `${right}<script>1</script>`, /after %%EOF/],
    [
      'encoded.pdf',
      Buffer.from(right, 'latin1')
        .toString('latin1')
        .replaceAll(/[\x80-\xff]/g, (byte) => Buffer.from(byte, 'utf8').toString('latin1')),
      /written as UTF-8/,
    ],
  ]
  for (const [name, text] of damaged) writeFileSync(inDir(name), Buffer.from(text, 'latin1'))
  const names = damaged.map(([name]) => name)
  const entries = JSON.parse(judge(...of(...names), '--reporter', 'json').stdout) as { remarks: string[] }[]
  for (const [at, [name, , remark]] of damaged.entries())
    expect(entries[at]?.remarks.join('\n'), name).toMatch(remark)
  expect(judge(...of('after.pdf')).stdout).toMatch(/the file +\d+ bytes.* after %%EOF/)
})

atFullSize('findings are sentences without colour where nobody sees colours', () => {
  const { stdout } = judge(...of('short.pdf'))
  expect(stdout).toContain(`${organizations.at(-1)!.name} is not in the report`)
  expect(stdout).not.toContain('\u001b')
})

atFullSize('pictures of the pages are PNG files', () => {
  judge(...of('short.pdf'), '--pictures', inDir('pictures'))
  expect(existsSync(inDir('pictures'))).toBe(true)
  const files = readdirSync(inDir('pictures'))
  expect(files).toEqual(['short-1.png'])
  const png = readFileSync(join(inDir('pictures'), files[0]!))
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBeGreaterThan(400)
})

test('a file that takes more time than it may is not blamed', () => {
  const { status, stdout } = judge(...of('right.pdf'), '--timeout', '1', '--reporter', 'json')
  expect([status, JSON.parse(stdout)[0].verdict]).toEqual([3, 'unreadable'])
})

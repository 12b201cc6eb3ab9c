import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PDFParse } from 'pdf-parse'
import { afterAll, expect, test } from 'vitest'
import { atFullSize, sample } from '../vitest.sampling.ts'

const folder = mkdtempSync(join(tmpdir(), 'report-'))
const out = join(folder, 'usage.pdf')
const root = new URL('..', import.meta.url)
afterAll(() => rmSync(folder, { recursive: true }))

async function run(...parameters: string[]): Promise<{ code: number; stderr: string }> {
  const main = ['cli/main.ts', 'report', ...parameters]
  return promisify(execFile)(process.execPath, main, { cwd: root }).then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }) => ({ code, stderr }),
  )
}

function payload(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(content))
  return file
}

const usage = (direct: number, subtree: number) => ({
  usage: { users: direct },
  subtree_usage: { users: subtree },
})
const organization = {
  id: 'org_1',
  name: 'Harbour Office',
  parent_org_id: null,
  depth: 0,
  usage: usage(12, 12),
  limits: {},
}

async function textOf(file: string): Promise<string> {
  const parser = new PDFParse({ data: new Uint8Array(readFileSync(file)) })
  try {
    return (await parser.getText()).text
  } finally {
    await parser.destroy()
  }
}

test('a payload becomes a report of the workspace, instant and capacity that were named', async () => {
  const file = payload('list.json', { data: [organization], has_more: false })
  const named = ['--workspace-id', 'ws_1', '--workspace-name', 'Harbour', '--as-of', '2026-01-31T12:00:00Z']
  expect(await run(file, '--out', out, ...named, '--capacity', 'users=20')).toEqual({ code: 0, stderr: '' })
  const text = await textOf(out)
  for (const shown of ['Harbour Office', 'ws_1', '31 January 2026, 12:00 UTC', '8 free'])
    expect(text).toContain(shown)
})

atFullSize('without an instant the report is as of the last change of the file, never of now', async () => {
  const file = payload('bare.json', [organization])
  utimesSync(file, new Date(0), new Date('2020-02-29T10:00:00Z'))
  expect((await run(file, '--out', out)).code).toBe(0)
  expect(await textOf(out)).toContain('29 February 2020, 10:00 UTC')
})

const child = { ...organization, id: 'org_2', name: 'Pier', parent_org_id: 'org_1', depth: 1 }
test.each(
  sample(5, [
    [
      'subtree smaller than direct',
      [{ ...organization, usage: usage(12, 3) }],
      /org_1 "Harbour Office".*subtree-covers-direct/,
    ],
    ['a parent that does not exist', [child], /org_2 "Pier".*parent-exists/],
    ['a cycle', [{ ...organization, parent_org_id: 'org_2' }, child], /no-cycle/],
    ['negative usage', [{ ...organization, usage: usage(-1, -1) }], /bad\.json/],
    ['usage that is not whole', [{ ...organization, usage: usage(1.5, 1.5) }], /bad\.json/],
  ]),
)('%s is refused with the place and the rule', async (_, organizations, message) => {
  const { code, stderr } = await run(payload('bad.json', organizations), '--out', out)
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})

test('a file that is missing is named', async () => {
  const { code, stderr } = await run(join(folder, 'missing.json'), '--out', out)
  expect(code).toBe(2)
  expect(stderr).toMatch(/missing\.json.*no such file/)
})

atFullSize('10,000 organizations are rendered', async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({
    ...organization,
    id: `org_${index}`,
    name: `Unit ${index}`,
  }))
  expect((await run(payload('many.json', many), '--out', out)).code).toBe(0)
  expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
})

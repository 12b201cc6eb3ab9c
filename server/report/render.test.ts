import { readdirSync, readFileSync } from 'node:fs'
import { PDFParse } from 'pdf-parse'
import { expect, test } from 'vitest'
import type { UsageData, WorkspaceFixture } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'

const folder = new URL('../../fixtures/workspaces/', import.meta.url)
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as WorkspaceFixture)

async function textOf(pdf: Buffer): Promise<string> {
  const parser = new PDFParse({ data: new Uint8Array(pdf) })
  try {
    return (await parser.getText()).text
  } finally {
    await parser.destroy()
  }
}

/** Letters and digits only: how a reader spaces and punctuates a line is his own affair. */
const spelling = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}\p{S}]/gu, '')

test.each(fixtures)(
  'the report of $workspace.id names every organization as it is written',
  async (fixture) => {
    const text = spelling(await textOf(await renderReport(fixture)))
    for (const { name } of fixture.organizations) expect(text).toContain(spelling(name))
    expect(text).toContain(spelling(fixture.workspace.name))
    expect(text).toContain(spelling(fixture.workspace.id))
  },
)

const acme = fixtures.find(({ workspace }) => workspace.id === 'ws_a1b2c3d4e5f6g7h8')!

test('pages say which of how many they are', async () => {
  const text = await textOf(await renderReport(acme))
  expect(text.match(/Page \d+ of \d+/g)).toEqual(['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3'])
})

test('organizations that one page has room for stand on one page', async () => {
  const guide = fixtures.find(({ workspace }) => workspace.id === 'ws_guideexample0001')!
  const [summary, table] = (await textOf(await renderReport(guide))).split('Page 1 of 2')
  for (const { name } of guide.organizations) {
    expect(summary).not.toContain(name)
    expect(table).toContain(name)
  }
})

test('a plain Latin report stays below 60 KB', async () => {
  expect((await renderReport(acme)).byteLength).toBeLessThan(60_000)
})

test('the same data gives the same bytes', async () => {
  expect((await renderReport(acme)).equals(await renderReport(structuredClone(acme)))).toBe(true)
})

test('names of several scripts in one line of the attention list keep their characters', async () => {
  const usage = { usage: { users: 9 }, subtree_usage: { users: 9 } }
  const chain = ['上海分公司', '東京かな', '서울', 'Пермь'].map((name, depth) => ({
    id: `org_${depth}`,
    name,
    parent_org_id: depth === 0 ? null : `org_${depth - 1}`,
    depth,
    usage,
    limits: depth === 3 ? { users: 1 } : {},
  }))
  const text = await textOf(await renderReport({ ...acme, billingAccounts: [], organizations: chain }))
  expect(spelling(text)).toContain(spelling('上海分公司 » 東京かな » 서울'))
})

test('a workspace without organizations gets a sentence, not an empty table', async () => {
  const empty: UsageData = { ...acme, organizations: [] }
  const text = await textOf(await renderReport(empty))
  expect(text).toContain('This workspace has no organizations.')
  expect(text).not.toMatch(/Type|Free|How to read/)
})

test('what nothing is said of has no column and no term', async () => {
  const flat = fixtures.find(({ workspace }) => workspace.id === 'ws_flatnolimits0001')!
  const text = await textOf(await renderReport(flat))
  expect(text).toMatch(/Organization\s+Type\s+Used/)
  expect(text).not.toMatch(/Direct|Subtree|Effective limit|Free|Needs attention|How to read/)
})

test('a dash is explained where one is shown', async () => {
  const guide = fixtures.find(({ workspace }) => workspace.id === 'ws_guideexample0001')!
  expect(await textOf(await renderReport(guide))).not.toContain('no such figure')
  expect(await textOf(await renderReport(acme))).toContain('no such figure')
})

test('an archived workspace says since when', async () => {
  const archived = fixtures.find(({ workspace }) => workspace.archived)!
  expect(await textOf(await renderReport(archived))).toMatch(/Archived on \d+ \w+ \d{4}, \d\d:\d\d UTC/)
  expect(await textOf(await renderReport(acme))).not.toContain('Archived')
})

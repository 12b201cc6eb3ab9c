import { readdirSync, readFileSync } from 'node:fs'
import { PDFParse } from 'pdf-parse'
import { expect, test } from 'vitest'
import { aWorkspace } from '../../fixtures/a-workspace.ts'
import { largestWorkspace } from '../../fixtures/largest.ts'
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

const largest = largestWorkspace()
const largestText = renderReport(largest).then(textOf)
const acme = fixtures.find(({ workspace }) => workspace.id === 'ws_a1b2c3d4e5f6g7h8')!

test('pages say which of how many they are', async () => {
  const text = await largestText
  const pages = [...text.matchAll(/Page (\d+) of (\d+)/g)].map(([, page, of]) => [Number(page), Number(of)])
  expect(pages.length).toBeGreaterThan(20)
  expect(pages).toEqual(pages.map((_, at) => [at + 1, pages.length]))
})

test.each(['ws_a1b2c3d4e5f6g7h8', 'ws_guideexample0001', 'ws_archivedretail01', 'ws_zzzzzzzzzzzzzzzz'])(
  'the report of %s is one page, with the legend below the table',
  async (id) => {
    const fixture = fixtures.find(({ workspace }) => workspace.id === id)!
    const text = await textOf(await renderReport(fixture))
    expect(text).toContain('Page 1 of 1')
    const last = Math.max(...fixture.organizations.map(({ name }) => text.lastIndexOf(name)))
    expect(text.indexOf('How to read this')).toBeGreaterThan(last)
  },
)

test('each of 1,000 organizations takes a line, whatever the number of product types', async () => {
  const text = await largestText
  const pages = Number(/of (\d+)\s*$/m.exec(text)?.[1] ?? Number.NaN)
  expect(pages).toBeLessThanOrEqual(32)
})

test('a limit of its own is shown; what an organization inherits is not repeated', async () => {
  const text = await textOf(await renderReport(acme))
  const row = (name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.replace(/\s+/g, ' ')
  expect(row('Warehouse Rotterdam')).toBe('Warehouse Rotterdam 18 18 20 2 90 % 9 9 25 15 36 % 0 0 –')
  expect(row('Night Shift')).toBe('Night Shift 0 0 – 3 3 – 0 0 –')
})

test('a limit that a smaller one above overrules stands beside that one', async () => {
  const usage = { usage: { users: 1 }, subtree_usage: { users: 1 } }
  const organizations = [
    { id: 'org_1', name: 'Above', parent_org_id: null, depth: 0, usage, limits: { users: 5 } },
    { id: 'org_2', name: 'Below', parent_org_id: 'org_1', depth: 1, usage, limits: { users: 9 } },
  ]
  const text = (await textOf(await renderReport({ ...acme, billingAccounts: [], organizations }))).replace(
    /[\t ]+/g,
    ' ',
  )
  expect(text).toContain('Below 1 1 9 5 from Above 4 20 %')
})

test('more product types than fit side by side stand in tables below each other', async () => {
  const types = Array.from({ length: 7 }, (_, at) => `type_number_${at}`)
  const figures = Object.fromEntries(types.map((type, at) => [type, 11 + at]))
  const usage = { usage: figures, subtree_usage: figures }
  const limits = Object.fromEntries(types.map((type, at) => [type, 101 + at]))
  const organizations = [{ id: 'org_1', name: 'Only', parent_org_id: null, depth: 0, usage, limits }]
  const text = await textOf(await renderReport({ ...acme, billingAccounts: [], organizations }))
  const tables = text.split('Organizations: ').slice(1)
  expect(tables.length).toBeGreaterThan(1)
  const rows = tables.flatMap((table) => table.split('\n').filter((line) => line.startsWith('Only')))
  const numbers = rows.join(' ').match(/\d+/g) ?? []
  for (const at of types.keys())
    expect(numbers).toEqual(expect.arrayContaining([`${11 + at}`, `${101 + at}`]))
})

test('a long attention list ends after a page and counts the rest by kind', async () => {
  const organizations = Array.from({ length: 90 }, (_, at) => ({
    id: `org_${at}`,
    name: `Branch ${at}`,
    parent_org_id: null,
    depth: 0,
    usage: { usage: { users: 10 }, subtree_usage: { users: 10 } },
    limits: { users: at < 60 ? 9 : at < 80 ? 11 : 0 },
  }))
  const pdf = await renderReport({ ...acme, billingAccounts: [], organizations })
  const text = (await textOf(pdf)).replace(/\s+/g, ' ')
  const rest = /And (\d+) more, marked in the table of organizations: (.*?)\. /.exec(text)
  const listed = text.match(
    /Over its limit Branch|Disabled, yet in use Branch|At 90 % or more Branch/g,
  )?.length
  expect(listed).toBeGreaterThan(20)
  expect(Number(rest?.[1])).toBe(90 - listed!)
  expect(rest?.[2]).toBe(`${60 - listed!} over their limit, 10 disabled, yet in use, 20 at 90 % or more`)
})

test('the largest legal workspace, and one of made-up names, take less than 250 kB', async () => {
  expect((await renderReport(largest)).byteLength).toBeLessThan(250_000)
  expect((await renderReport(aWorkspace({ organizations: 1000 }))).byteLength).toBeLessThan(200_000)
})

test('whatever is no stream stands in an object stream', async () => {
  const pdf = (await renderReport(largest)).toString('latin1')
  const objects = pdf.match(/^\d+ 0 obj$/gm)!
  expect(pdf.match(/^endstream$/gm)).toHaveLength(objects.length)
  expect(objects.length).toBeLessThan(100)
})

test('a plain Latin report of 1,000 organizations stays below 250 kB', async () => {
  const organizations = Array.from({ length: 1000 }, (_, at) => {
    const parent = at === 0 ? null : `org_${Math.floor((at - 1) / 6)}`
    const users = { users: (at * 7) % 50 }
    return {
      id: `org_${at}`,
      name: `Branch ${at}`,
      parent_org_id: parent,
      depth: 0,
      usage: { usage: users, subtree_usage: users },
      limits: at % 4 === 0 ? { users: 50 + (at % 400) } : {},
    }
  })
  expect((await renderReport({ ...acme, organizations })).byteLength).toBeLessThan(250_000)
})

test('a plain Latin report stays below 40 kB', async () => {
  expect((await renderReport(acme)).byteLength).toBeLessThan(40_000)
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
  expect(text).not.toMatch(/Utilization|Free|How to read/)
})

test('what nothing is said of has no column and no term', async () => {
  const flat = fixtures.find(({ workspace }) => workspace.id === 'ws_flatnolimits0001')!
  const text = await textOf(await renderReport(flat))
  expect(text).toMatch(/Organization\s+Locations\s+Users/)
  expect(text).not.toMatch(/Direct|Subtree|Effective limit|Free|Needs attention|How to read/)
})

test('a dash is explained where one is shown', async () => {
  const guide = fixtures.find(({ workspace }) => workspace.id === 'ws_guideexample0001')!
  expect(await textOf(await renderReport(guide))).not.toContain('nothing set here')
  expect(await textOf(await renderReport(acme))).toContain('nothing set here')
})

test('an archived workspace says since when', async () => {
  const archived = fixtures.find(({ workspace }) => workspace.archived)!
  expect(await textOf(await renderReport(archived))).toMatch(/Archived on \d+ \w+ \d{4}, \d\d:\d\d UTC/)
  expect(await textOf(await renderReport(acme))).not.toContain('Archived')
})

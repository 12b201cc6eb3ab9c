import { readdirSync, readFileSync } from 'node:fs'
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import type { WorkspaceFixture } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'

interface Node {
  role?: string
  type?: string
  alt?: string
  children?: Node[]
}

const folder = new URL('../../fixtures/workspaces/', import.meta.url)
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as WorkspaceFixture)
const acme = fixtures.find(({ workspace }) => workspace.id === 'ws_a1b2c3d4e5f6g7h8')!

async function read<Result>(
  fixture: WorkspaceFixture,
  look: (pdf: PDFDocumentProxy) => Promise<Result>,
): Promise<Result> {
  const loading = getDocument({ data: new Uint8Array(await renderReport(fixture)), verbosity: 0 })
  try {
    return await look(await loading.promise)
  } finally {
    await loading.destroy()
  }
}

const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)]

async function nodesOf(pdf: PDFDocumentProxy): Promise<Node[]> {
  const pages = Array.from({ length: pdf.numPages }, async (_, at) =>
    (await pdf.getPage(at + 1)).getStructTree(),
  )
  return (await Promise.all(pages)).flatMap((tree) => all(tree as Node))
}

test('the file is tagged, names its language and has a title that viewers show', async () => {
  await read(acme, async (pdf) => {
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true })
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true })
    const { info, metadata } = await pdf.getMetadata()
    expect(info).toMatchObject({
      Title: 'Organization usage of ACME Corporation',
      Language: 'en',
      CreationDate: 'D:20260331183000Z',
    })
    expect(metadata.get('dc:title')).toBe('Organization usage of ACME Corporation')
    expect(metadata.get('pdfuaid:part')).toBe('1')
  })
})

test.each(fixtures)('all content of $workspace.id is an element’s or an artifact', async (fixture) => {
  await read(fixture, async (pdf) => {
    for (let at = 1; at <= pdf.numPages; at++) {
      const content = await (await pdf.getPage(at)).getTextContent({ includeMarkedContent: true })
      let depth = 0
      for (const item of content.items) {
        if ('str' in item) expect(item.str.trim() === '' || depth > 0, item.str).toBe(true)
        else depth += item.type === 'endMarkedContent' ? -1 : 1
      }
      expect(depth).toBe(0)
    }
  })
})

test('there is one first heading, and a second for each section', async () => {
  const roles = await read(acme, async (pdf) => (await nodesOf(pdf)).map(({ role }) => role))
  expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
  expect(roles.filter((role) => role === 'H2')).toHaveLength(4)
  expect(roles.indexOf('H1')).toBeLessThan(roles.indexOf('H2'))
})

test('each organization heads its rows, each row has a cell for each figure', async () => {
  const nodes = await read(acme, nodesOf)
  const rows = nodes.filter(({ role }) => role === 'TR')
  const heads = rows.filter(({ children }) => children?.[0]?.role === 'TH' && children[1]?.role === 'TD')
  expect(heads).toHaveLength(acme.organizations.length)
  // pdf.js does not say how many columns a cell spans; without limits of its own a row has direct, subtree, a dash.
  for (const { children } of heads) {
    const cells = children?.filter(({ role }) => role === 'TD') ?? []
    expect(cells.length).toBeGreaterThanOrEqual(3 * 3)
    expect(cells.length).toBeLessThanOrEqual(3 * 5)
  }
})

test('every bar of the summary has an alternative text', async () => {
  const figures = (await read(acme, nodesOf)).filter(({ role }) => role === 'Figure')
  expect(figures.map(({ alt }) => alt)).toEqual([
    '50\u00a0% of 80 used',
    '85\u00a0% of 100 used',
    '60\u00a0% of 5 used',
  ])
})

test('the attention list links to the rows, and bookmarks lead to the top-level organizations', async () => {
  await read(acme, async (pdf) => {
    const links = await (await pdf.getPage(1)).getAnnotations()
    expect(links).toHaveLength(3)
    for (const { dest, contentsObj } of links) {
      expect(await pdf.getDestination(dest)).not.toBeNull()
      expect(contentsObj.str).toMatch(/limit|disabled/)
    }
    const outline = (await pdf.getOutline())!
    expect(outline.map(({ title }) => title)).toEqual(['Summary', 'Needs attention', 'Organizations'])
    const top = acme.organizations.filter(({ parent_org_id }) => parent_org_id === null)
    expect(outline[2]!.items.map(({ title }) => title).sort()).toEqual(top.map(({ name }) => name).sort())
  })
})

test('nothing in the file acts or points outside', async () => {
  await read(acme, async (pdf) => {
    expect(await pdf.getJSActions()).toBeNull()
    expect(await pdf.getAttachments()).toBeNull()
    expect(await pdf.getOpenAction()).toBeNull()
  })
})

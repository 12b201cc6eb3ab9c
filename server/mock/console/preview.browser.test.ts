import { afterAll, beforeAll, expect, test } from 'vitest'
import { aWorkspace } from '../../../fixtures/a-workspace.ts'
import { createMock, type Mock } from '../create-mock.ts'
import { useConsole } from './vitest.console.ts'

const inBrowser = useConsole()
const { openReport, note, reportText } = inBrowser

let large: Mock
beforeAll(async () => {
  const workspaces = [aWorkspace({ name: 'Large', organizations: 600, depth: 3 })]
  large = await createMock({ fixtures: { workspaces } })
})
afterAll(() => large.close())

test('a long report is drawn page by page, as its pages come into view', async () => {
  await openReport(large)
  const { page } = inBrowser
  const pages = page.locator('.page')
  const count = await pages.count()
  expect(count).toBeGreaterThan(10)
  expect(await pages.first().getAttribute('aria-label')).toBe(`Page 1 of ${count}`)
  await pages.last().scrollIntoViewIfNeeded()
  await pages.last().locator('canvas').waitFor()
  await pages.first().locator('canvas').waitFor({ state: 'detached' })
  expect(await page.locator('canvas').count()).toBeLessThan(6)
  await pages.last().getByText(`Page ${count} of ${count}`, { exact: true }).waitFor()
})

test.each([1, 2])(
  'with %i device pixels to one of the page, as many are drawn',
  async (deviceScaleFactor) => {
    const { page: shared, mock } = inBrowser
    const page = await shared
      .context()
      .browser()!
      .newPage({ deviceScaleFactor, viewport: { width: 900, height: 800 } })
    await page.goto(`${mock.url}/_mock/`)
    const canvas = page.locator('canvas').first()
    await canvas.waitFor()
    const { drawn, shown } = await canvas.evaluate((element: HTMLCanvasElement) => ({
      drawn: element.width,
      shown: element.getBoundingClientRect().width,
    }))
    expect(drawn / shown).toBeCloseTo(deviceScaleFactor, 1)
    await page.setViewportSize({ width: 600, height: 800 })
    await expect.poll(() => canvas.evaluate(({ width }: HTMLCanvasElement) => width)).toBeLessThan(drawn)
    await page.close()
  },
)

test('the previous report stays until the next is drawn, and the view where it is', async () => {
  await openReport(large)
  const { page } = inBrowser
  const region = page.getByRole('region', { name: 'The report as PDF' })
  await region.evaluate((element) => element.scrollTo(0, 1500))
  const name = large.state().workspaces[0]!.organizations[0]!.name
  await page.getByLabel(`users used by ${name}`, { exact: true }).fill('77777')
  await page.keyboard.press('Enter')
  await note(/Loading/)
  expect(await page.locator('canvas').count()).toBeGreaterThan(0)
  await note(/bytes as/)
  expect(await region.evaluate(({ scrollTop }) => scrollTop)).toBe(1500)
})

test.each([
  ['the viewer', '**/pdfjs/pdf.min.mjs', 'abort', /^The PDF viewer cannot be loaded/],
  ['the report', '**/usage.pdf?*', 'abort', /^The mock does not respond/],
  ['a whole PDF', '**/usage.pdf?*', 'fulfill', /^The report cannot be read: Invalid PDF structure/],
] as const)('without %s the page says what is wrong', async (_what, url, action, text) => {
  const { page, mock } = inBrowser
  await page.route(url, (route) =>
    action === 'abort' ? route.abort() : route.fulfill({ body: '%PDF-1.7 broken' }),
  )
  await page.goto(`${mock.url}/_mock/`)
  await note(text)
  expect(await page.locator('.page').count()).toBe(0)
  await page.unroute(url)
  await page.getByLabel(/^viewer/).check()
  await note(/bytes as viewer/)
  await reportText('ACME Corporation').waitFor()
})

test('the report is not requested before the preview comes near the view', async () => {
  const { page, mock } = inBrowser
  await page.setViewportSize({ width: 400, height: 300 })
  const requested: string[] = []
  page.on('request', (request) => requested.push(new URL(request.url()).pathname))
  await page.goto(`${mock.url}/_mock/`)
  await page.waitForSelector('html[data-ready]')
  const isPreview = (path: string) => /usage\.pdf$|pdfjs/.test(path)
  expect(requested.filter(isPreview)).toEqual([])
  await page.locator('#preview').scrollIntoViewIfNeeded()
  await note(/bytes as/)
  expect(requested.filter(isPreview)).toHaveLength(3)
})

test('the links open and download the file', async () => {
  await openReport()
  const { page, problems } = inBrowser
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^ACME Corporation-usage-.*\.pdf$/)
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Open in a new tab' }).click(),
  ])
  expect(opened.url()).toMatch(/^blob:/)
  await opened.close()
  expect(problems).toEqual([])
})

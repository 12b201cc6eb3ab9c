import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../server/log.ts'
import { type RunningServer, startServer } from '../../server/main.ts'

const quiet = ['gpu', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`)
const types: Record<string, string> = { html: 'text/html; charset=utf-8', js: 'text/javascript' }

let mock: RunningServer
let pages: Server
let browser: Browser
/** The page's origin, which is not the API's: so the test covers CORS. */
let origin: string

beforeAll(async () => {
  mock = await startServer({ log: createLog('silent') })
  const script = await bundle()
  pages = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://page').pathname.slice(1)
    response.setHeader('content-type', types[name.split('.').at(-1)!] ?? 'text/plain')
    const file = new URL(name, import.meta.url)
    if (name === 'page.js') response.end(script)
    else if (existsSync(file)) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--no-first-run', ...quiet],
  })
})

afterAll(async () => {
  await browser?.close()
  pages?.close()
  await mock?.stop()
})

/** The page's script as a bundler makes it, with the client of this repository in the place of the package's. */
async function bundle(): Promise<string> {
  const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [path('page.js')],
    alias: { 'altostrat-contract/client': path('../../spec/client.ts') },
    bundle: true,
    format: 'esm',
    write: false,
  })
  return outputFiles[0]!.text
}

async function open(query: Record<string, string> = {}) {
  const page = await browser.newPage()
  await page.goto(`${origin}/index.html?${new URLSearchParams({ api: mock.url, ...query })}`)
  return page
}

test('a page of another origin lists the organizations and downloads the report under its file name', async () => {
  const page = await open()
  await page.getByRole('cell', { name: 'Warehouse Rotterdam' }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export PDF' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^ACME.*usage.*\.pdf$/)
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  expect(await page.getByRole('status').textContent()).toContain(download.suggestedFilename())
  await page.close()
})

test('each organization is listed below its parent', async () => {
  const page = await open()
  await page.getByRole('cell', { name: 'Warehouse Rotterdam' }).waitFor()
  const names = await page.locator('tbody td:first-child').allTextContents()
  expect(names.slice(0, 6)).toEqual([
    'Europe',
    'Sales',
    'Support',
    'Night Shift',
    'Warehouse Rotterdam',
    'Headquarters',
  ])
  await page.close()
})

test.each(['truncated-body', 'html-body', 'empty-body', 'server-error'] as const)(
  'a faulty response (%s) shows an error instead of a download',
  async (name) => {
    mock.setScenario({ name, operation: 'exportOrganizationUsage', calls: 1 })
    const page = await open()
    await page.getByRole('button', { name: 'Export PDF' }).click()
    await expect
      .poll(() => page.getByRole('status').textContent())
      .toBe('The report could not be downloaded. Try again later.')
    await page.close()
  },
)

test('the page does not scroll sideways on a phone', async () => {
  const page = await open({ workspace: 'ws_manyscripts00001' })
  await page.setViewportSize({ width: 360, height: 740 })
  await page.getByRole('cell').first().waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await page.close()
})

test('without access, the page shows the status', async () => {
  const page = await open({ persona: 'outsider' })
  await expect.poll(() => page.getByRole('status').textContent()).toContain('403')
  expect(await page.getByRole('button', { name: 'Export PDF' }).isDisabled()).toBe(true)
  await page.close()
})

import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { createMock, type Mock } from '../create-mock.ts'

/** A mock and a page of Chromium, set up for the tests of a file: both are as new in each test. */
export interface ConsoleInBrowser {
  readonly mock: Mock
  readonly page: Page
  /** Errors in the page, and every URL outside the mock that it requested. */
  readonly problems: string[]
  /** Opens the console of that mock; its report is still being drawn. */
  open(mock?: Mock): Promise<void>
  /** Waits for what the note above the report says. */
  note(pattern: RegExp): Promise<void>
  /** Opens the console of that mock, and waits for the report. */
  openReport(mock?: Mock): Promise<void>
  /** A piece of text of the report's pages that are drawn. */
  reportText(text: string): Locator
}

const quiet = ['gpu', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`)
const args = ['--headless', '--no-sandbox', '--no-first-run', ...quiet]

export function useConsole(): ConsoleInBrowser {
  let mock: Mock
  let browser: Browser
  // Shared by the tests, so that the browser loads and compiles the libraries once.
  let context: BrowserContext
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    mock = await createMock()
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
    context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 1500, height: 1000 },
    })
  })
  afterAll(async () => {
    await browser?.close()
    await mock?.close()
  })
  beforeEach(async () => {
    await mock.reset()
    const found: string[] = []
    problems = found
    page = await context.newPage()
    page.on('pageerror', ({ message }) => found.push(message))
    page.on('console', (message) => {
      if (message.type() === 'error') found.push(message.text())
    })
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (protocol.startsWith('http') && origin !== mock.url) found.push(request.url())
    })
  })
  afterEach(async () => {
    if (page.url().startsWith('http')) await page.evaluate(() => localStorage.clear())
    await page.close()
  })

  const note = (pattern: RegExp) =>
    page.locator('#preview-note').filter({ hasText: pattern }).waitFor({ state: 'visible' })
  const open = async ({ url } = mock) => {
    await page.goto(`${url}/_mock/`)
    await page.waitForSelector('html[data-ready]')
  }
  return {
    get mock() {
      return mock
    },
    get page() {
      return page
    },
    get problems() {
      return problems
    },
    open,
    async openReport(shown) {
      await open(shown)
      await note(/bytes as/)
    },
    note,
    reportText: (text) => page.locator('.page-text').getByText(text, { exact: true }).first(),
  }
}

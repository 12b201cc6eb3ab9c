import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../report.ts'
import { renderHtml } from './html.ts'
import { hostileReport, mixedReport, report, result } from './vitest.sample.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** One pixel. */
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: flags,
  })
})
afterAll(() => browser?.close())

interface Look {
  width?: number
  colorScheme?: 'light' | 'dark'
  /** The browser still runs what a test evaluates, so axe needs it; the page itself has no script. */
  javaScriptEnabled?: boolean
}

async function open(
  shown: Report,
  { width = 1200, ...look }: Look = {},
): Promise<{ page: Page; heard: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true, ...look })
  const page = await context.newPage()
  const heard: string[] = []
  page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('dialog', (dialog) => heard.push(dialog.message()))
  page.on(
    'request',
    (request) => request.url().startsWith('data:') || heard.push(`asked for ${request.url()}`),
  )
  await page.setContent(renderHtml(shown))
  return { page, heard }
}

const illustrated = () =>
  report([...mixedReport().checks, result('WIRE-001', 'failed', { pictures: [{ page: 1, png }] })])
const reports: [string, () => Report][] = [
  ['with every outcome', illustrated],
  ['without a failure', () => report([result('AUTH-001', 'passed')])],
  [
    'that could decide nothing',
    () => report([result('AUTH-001', 'cantTell')], { problem: 'nobody listens' }),
  ],
  ['on a hostile deployment', hostileReport],
]

describe.each(reports)('a report %s', (_, shown) => {
  test.each(['light', 'dark'] as const)(
    'has no barrier that axe finds, everything opened, in the %s',
    async (colorScheme) => {
      const { page, heard } = await open(shown(), { colorScheme })
      await page.evaluate(
        "document.querySelectorAll('details').forEach((details) => { details.open = true })",
      )
      await page.evaluate(axe)
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[]
      }
      expect(
        violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ failureSummary }) => failureSummary).join()}`,
        ),
      ).toEqual([])
      expect(heard).toEqual([])
    },
  )

  test('fits a phone without scrolling sideways, everything opened', async () => {
    const { page, heard } = await open(shown(), { width: 375 })
    await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375)
    expect(heard).toEqual([])
  })
})

describe('without a script, by keyboard', () => {
  const visibleIds = (page: Page) => page.locator('.check:visible .id').allTextContents()

  test('checks are chosen by outcome, level and area', async () => {
    const { page } = await open(mixedReport(), { javaScriptEnabled: false })
    expect(await visibleIds(page)).toHaveLength(8)
    await page.getByRole('radio', { name: 'all' }).first().focus()
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(['AUTH-002', 'CACHE-001'])
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual(['AUTH-002'])
    await page.keyboard.press('Tab')
    for (const _ of ['AUTH', 'CACHE']) await page.keyboard.press('ArrowRight')
    expect(await visibleIds(page)).toEqual([])
    expect(await page.getByText('No check of this area matches.').filter({ visible: true }).count()).toBe(1)
  })

  test('a check opens and closes', async () => {
    const { page } = await open(mixedReport(), { javaScriptEnabled: false })
    const summary = page.locator('summary', { hasText: 'AUTH-001' })
    await summary.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('#AUTH-001').isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await page.locator('#AUTH-001').isVisible()).toBe(false)
  })

  test('a link to a check opens it, even where a filter hides it', async () => {
    const { page } = await open(mixedReport(), { javaScriptEnabled: false })
    await page.getByRole('radio', { name: 'skipped' }).check()
    await page.locator('.todo a', { hasText: 'AUTH-002' }).press('Enter')
    expect(await page.locator('#AUTH-002').isVisible()).toBe(true)
  })
})

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { createMock, type Mock } from '../create-mock.ts'

const quiet = ['gpu', 'background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`)
const args = ['--headless', '--no-sandbox', '--no-first-run', ...quiet]
const acme = 'ws_a1b2c3d4e5f6g7h8'

let mock: Mock
let browser: Browser
let context: BrowserContext
let page: Page
/** Errors in the page, and every URL outside the mock that it requested. */
let problems: string[]

beforeAll(async () => {
  mock = await createMock()
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
})
afterAll(async () => {
  await browser?.close()
  await mock?.close()
})
beforeEach(async () => {
  await mock.reset()
  problems = []
  context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
    viewport: { width: 1500, height: 1000 },
  })
  page = await context.newPage()
  page.on('pageerror', ({ message }) => problems.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== mock.url) problems.push(request.url())
  })
})
afterEach(() => context.close())

async function openConsole({ url } = mock) {
  await page.goto(`${url}/_mock/`)
  await page.waitForSelector('html[data-ready]')
  await noteOf('bytes as')
}
const noteOf = (pattern: string) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('#preview-note')?.textContent ?? ''),
    pattern,
  )

test('it shows personas, workspaces and the report, without errors or requests elsewhere', async () => {
  await openConsole()
  expect(await page.getByRole('radio').count()).toBe(5)
  expect(await page.getByLabel('Workspace').locator('option').allTextContents()).toContain('ACME Corporation')
  expect(await page.getByTitle('The report as PDF').getAttribute('src')).toMatch(/^blob:/)
  expect(problems).toEqual([])
})

test('a copied token works', async () => {
  await openConsole()
  await page.getByLabel(/^viewer/).check()
  await page.getByRole('button', { name: 'Copy token' }).click()
  await page.getByText('Copied a token for viewer.').waitFor()
  const token = await page.evaluate(() => navigator.clipboard.readText())
  const response = await fetch(`${mock.url}/workspaces/${acme}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(response.status).toBe(200)
  expect(mock.requests().at(-1)?.persona).toBe('viewer')
})

test('each action shows a message, which fades away', async () => {
  await openConsole()
  for (const what of ['token', 'curl']) {
    await page.getByRole('button', { name: `Copy ${what}` }).click()
    const message = page.locator('#status > span', { hasText: what })
    await message.waitFor()
    await message.waitFor({ state: 'hidden' })
  }
})

test('an edited figure changes the data and the report', async () => {
  await openConsole()
  const frame = page.getByTitle('The report as PDF')
  const before = await frame.getAttribute('src')
  await page.getByLabel('users used by Night Shift').fill('77')
  await page.keyboard.press('Tab')
  await page.waitForFunction((src) => document.querySelector('iframe')?.getAttribute('src') !== src, before)
  const token = await mock.tokenFor('owner')
  const list = await fetch(`${mock.url}/workspaces/${acme}/organizations`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { data } = (await list.json()) as { data: { name: string; usage: { usage: { users: number } } }[] }
  expect(data.find(({ name }) => name === 'Night Shift')?.usage.usage.users).toBe(77)
  expect(problems).toEqual([])
})

test('a persona without access sees why there is no report', async () => {
  await openConsole()
  await page.getByLabel(/^nobody/).check()
  await noteOf('^403: You are not a member')
  expect(await page.getByTitle('The report as PDF').isVisible()).toBe(false)
})

test('a scenario is set, listed, applied to the requests of a client but not to the preview, and removed', async () => {
  await openConsole()
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('rate-limited')
  await page.getByLabel(/^retryAfter/).fill('9')
  await page.locator('#scenario-persona').selectOption('admin')
  await page.getByRole('button', { name: 'Set scenario' }).click()
  await page.getByRole('button', { name: 'Remove rate-limited' }).waitFor()
  await page.getByLabel(/^admin/).check()
  await noteOf('bytes as admin')
  const authorization = `Bearer ${await mock.tokenFor('admin')}`
  const response = await fetch(`${mock.url}/workspaces/${acme}`, { headers: { authorization } })
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9'])
  await page.getByText('applied to 1 call').waitFor()
  await page.getByRole('button', { name: 'Remove rate-limited' }).click()
  await page.getByText('None: all responses are normal.').waitFor()
})

test('an invalid setting shows its error in the form', async () => {
  await openConsole()
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('error')
  await page.getByLabel(/^status/).fill('418')
  await page.getByRole('button', { name: 'Set scenario' }).click()
  await page
    .getByRole('alert')
    .getByText(/documents .*not 418/)
    .waitFor()
})

test('requests appear as they arrive, with the mistakes of the client', async () => {
  await openConsole()
  await fetch(`${mock.url}/workspace/${acme}`, { headers: { authorization: 'Bearer undefined' } })
  await page.getByText('The token is the word "undefined"').waitFor()
  await page.getByText('The nearest is /workspaces/{workspaceId}.').waitFor()
  await page.getByLabel('Only requests with mistakes').check()
  expect(await page.locator('#requests > li.right').first().isVisible()).toBe(false)
})

test('a change by a client shows in the figures and the report', async () => {
  await openConsole()
  const src = await page.getByTitle('The report as PDF').getAttribute('src')
  const authorization = `Bearer ${await mock.tokenFor('admin')}`
  const { status } = await fetch(`${mock.url}/workspaces/${acme}/organizations`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Opened meanwhile' }),
  })
  expect(status).toBe(201)
  await page.getByRole('rowheader', { name: 'Opened meanwhile' }).waitFor()
  await page.waitForFunction((old) => document.querySelector('iframe')?.getAttribute('src') !== old, src)
})

test('the page follows a restart of the mock', async () => {
  const first = await createMock()
  const { port } = new URL(first.url)
  await openConsole(first)
  for (let call = 0; call < 3; call += 1) await fetch(`${first.url}/before`)
  await page.getByText('The contract has no path /before.').first().waitFor()
  await first.close()
  await page.getByText('does not respond').waitFor()
  const second = await createMock({ port: Number(port) })
  await fetch(`${second.url}/after`)
  await page.getByText('The contract has no path /after.').waitFor()
  expect(await page.getByText('/before').count()).toBe(0)
  await second.close()
})

describe('with a control token', () => {
  let guarded: RunningServer
  beforeAll(async () => {
    const options = { log: createLog('silent'), controlToken: 'let-me-in', renderThreads: 0 }
    guarded = await startServer({ ...options, signingKey: await generateSigningKey() })
  })
  afterAll(() => guarded.stop(0))

  test('it asks for the token until it is correct', async () => {
    await page.goto(`${guarded.url}/_mock/`)
    const give = async (token: string) => {
      await page.getByRole('textbox', { name: 'Token' }).fill(token)
      await page.keyboard.press('Enter')
    }
    await give('let-me-out')
    await page.getByText('This is not the control token.').waitFor()
    await give('let-me-in')
    await page.waitForSelector('html[data-ready]')
    expect(await page.getByRole('radio').count()).toBe(5)
  })
})

test('a page without access to the control plane shows why', async () => {
  await page.route('**/_mock/personas', (route) =>
    route.fulfill({ status: 403, json: { detail: 'The control plane answers this machine only.' } }),
  )
  await page.goto(`${mock.url}/_mock/`)
  await page.getByRole('alert').getByText('The control plane answers this machine only.').waitFor()
})

test('it can be used with the keyboard alone', async () => {
  await openConsole()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report')
  await page.getByRole('radio').first().focus()
  await page.keyboard.press('ArrowDown')
  await noteOf('as admin')
})

test.each(['light', 'dark'] as const)('axe finds no accessibility violation (%s)', async (colorScheme) => {
  await page.emulateMedia({ colorScheme })
  await openConsole()
  await fetch(`${mock.url}/nowhere`)
  await page.locator('#requests .mistake').first().waitFor()
  // Evaluated by the debugger, since the page's content security policy allows no other script.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  const violations = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as WithAxe).axe.run({ iframes: false })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  })
  expect(violations).toEqual([])
})

interface WithAxe {
  axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

test.each([1500, 1280, 420])('the page does not scroll sideways at a width of %i', async (width) => {
  await page.setViewportSize({ width, height: 900 })
  await openConsole()
  const widest = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(widest).toBeLessThanOrEqual(width)
})

test('the API reference sends requests as the selected persona', async () => {
  await page.goto(`${mock.url}/_mock/reference.html`)
  await page.waitForSelector('html[data-persona]')
  await page.getByLabel('Try it out as').selectOption('viewer')
  await page.waitForSelector('html[data-persona=viewer]')
  await page
    .locator('.opblock-summary-path', { hasText: /^\/workspaces$/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Execute' }).first().click()
  await page.locator('.live-responses-table').waitFor()
  expect(mock.requests({ operation: 'listWorkspaces' })).toMatchObject([{ persona: 'viewer', status: 200 }])
  expect(problems).toEqual([])
})

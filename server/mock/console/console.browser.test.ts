import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { createLog } from '../../log.ts'
import { type RunningServer, startServer } from '../../main.ts'
import { createMock } from '../create-mock.ts'
import { useConsole } from './vitest.console.ts'

const acme = 'ws_a1b2c3d4e5f6g7h8'
const inBrowser = useConsole()
const { open, openReport, note, reportText } = inBrowser

test('it shows personas, workspaces and the report, without errors or requests elsewhere', async () => {
  const { page, problems } = inBrowser
  await openReport()
  expect(await page.getByRole('radio').count()).toBe(5)
  expect(await page.getByLabel('Workspace').locator('option').allTextContents()).toContain('ACME Corporation')
  await reportText('ACME Corporation').waitFor()
  expect(await page.getByRole('link', { name: 'Download' }).getAttribute('download')).toMatch(/^ACME.*\.pdf$/)
  expect(problems).toEqual([])
})

test('a copied token works', async () => {
  const { mock, page } = inBrowser
  await open()
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
  const { page } = inBrowser
  await open()
  for (const what of ['token', 'curl']) {
    await page.getByRole('button', { name: `Copy ${what}` }).click()
    const message = page.locator('#status > span', { hasText: what })
    await message.waitFor()
    await message.evaluate((shown) => {
      for (const fading of shown.getAnimations()) fading.finish()
    })
    await message.waitFor({ state: 'hidden' })
  }
})

test('an edited figure changes the data and the report', async () => {
  const { mock, page, problems } = inBrowser
  await open()
  await page.getByLabel('users used by Night Shift').fill('77')
  await page.keyboard.press('Tab')
  await reportText('77').waitFor()
  const token = await mock.tokenFor('owner')
  const list = await fetch(`${mock.url}/workspaces/${acme}/organizations`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const { data } = (await list.json()) as { data: { name: string; usage: { usage: { users: number } } }[] }
  expect(data.find(({ name }) => name === 'Night Shift')?.usage.usage.users).toBe(77)
  expect(problems).toEqual([])
})

test('a persona without access sees why there is no report', async () => {
  const { page } = inBrowser
  await open()
  await page.getByLabel(/^nobody/).check()
  await note(/^403: You are not a member/)
  expect(await page.getByRole('region', { name: 'The report as PDF' }).isVisible()).toBe(false)
  expect(await page.getByRole('link', { name: 'Download' }).isVisible()).toBe(false)
})

test('a scenario is set, listed, applied to the requests of a client but not to the preview, and removed', async () => {
  const { mock, page } = inBrowser
  await open()
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('rate-limited')
  await page.getByLabel(/^retryAfter/).fill('9')
  await page.locator('#scenario-persona').selectOption('admin')
  await page.getByRole('button', { name: 'Set scenario' }).click()
  await page.getByRole('button', { name: 'Remove rate-limited' }).waitFor()
  await page.getByLabel(/^admin/).check()
  await note(/bytes as admin/)
  const authorization = `Bearer ${await mock.tokenFor('admin')}`
  const response = await fetch(`${mock.url}/workspaces/${acme}`, { headers: { authorization } })
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '9'])
  await page.getByText('applied to 1 call').waitFor()
  await page.getByRole('button', { name: 'Remove rate-limited' }).click()
  await page.getByText('None: all responses are normal.').waitFor()
})

test('an invalid setting shows its error in the form', async () => {
  const { page } = inBrowser
  await open()
  await page.getByRole('combobox', { name: 'Scenario' }).selectOption('error')
  await page.getByLabel(/^status/).fill('418')
  await page.getByRole('button', { name: 'Set scenario' }).click()
  await page
    .getByRole('alert')
    .getByText(/documents .*not 418/)
    .waitFor()
})

test('requests appear as they arrive, with the mistakes of the client', async () => {
  const { mock, page } = inBrowser
  await open()
  await fetch(`${mock.url}/workspace/${acme}`, { headers: { authorization: 'Bearer undefined' } })
  await page.getByText('The token is the word "undefined"').waitFor()
  await page.getByText('The nearest is /workspaces/{workspaceId}.').waitFor()
  await page.getByLabel('Only requests with mistakes').check()
  expect(await page.locator('#requests > li.right').first().isVisible()).toBe(false)
})

test('a change by a client shows in the figures and the report', async () => {
  const { mock, page } = inBrowser
  await open()
  const authorization = `Bearer ${await mock.tokenFor('admin')}`
  const { status } = await fetch(`${mock.url}/workspaces/${acme}/organizations`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Opened meanwhile' }),
  })
  expect(status).toBe(201)
  await page.getByRole('rowheader', { name: 'Opened meanwhile' }).waitFor()
  await reportText('Opened meanwhile').waitFor()
})

test('the page follows a restart of the mock', async () => {
  const { page } = inBrowser
  const first = await createMock()
  const { port } = new URL(first.url)
  await open(first)
  await fetch(`${first.url}/before`)
  await page.getByText('The contract has no path /before.').first().waitFor()
  await first.close()
  await page.getByText('does not respond').waitFor()
  // As many requests as before, so that their numbers do not tell.
  const second = await createMock({ port: Number(port) })
  await fetch(`${second.url}/after`)
  await page.getByText('The contract has no path /after.').waitFor()
  expect(await page.getByText('/before').count()).toBe(0)
  await second.close()
})

test('a poll that is left without a response is given up', async () => {
  const { mock, page } = inBrowser
  await open()
  await page.route('**/_mock/requests?*', () => {}, { times: 1 })
  await page.getByText('does not respond').waitFor()
  await fetch(`${mock.url}/after`)
  await page.getByText('The contract has no path /after.').waitFor()
})

describe('with a control token', () => {
  let guarded: RunningServer
  beforeAll(async () => {
    const options = { log: createLog('silent'), controlToken: 'let-me-in', renderThreads: 0 }
    guarded = await startServer({ ...options, signingKey: await generateSigningKey() })
  })
  afterAll(() => guarded.stop(0))

  test('it asks for the token until it is correct', async () => {
    const { page } = inBrowser
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
  const { mock, page } = inBrowser
  await page.route('**/_mock/personas', (route) =>
    route.fulfill({ status: 403, json: { detail: 'The control plane answers this machine only.' } }),
  )
  await page.goto(`${mock.url}/_mock/`)
  await page.getByRole('alert').getByText('The control plane answers this machine only.').waitFor()
})

test('it can be used with the keyboard alone', async () => {
  const { page } = inBrowser
  await open()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report')
  await page.getByRole('radio').first().focus()
  await page.keyboard.press('ArrowDown')
  await note(/as admin/)
})

test('axe finds no accessibility violation, in light and dark', async () => {
  const { mock, page } = inBrowser
  await fetch(`${mock.url}/nowhere`)
  await openReport()
  await reportText('ACME Corporation').waitFor()
  await page.locator('summary').first().click()
  await page.getByLabel('Response body').waitFor()
  // Evaluated by the debugger, since the page's content security policy allows no other script.
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const violations = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as WithAxe).axe.run()
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
    expect({ colorScheme, violations }).toEqual({ colorScheme, violations: [] })
  }
})

interface WithAxe {
  axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

test('the page does not scroll sideways, however narrow', async () => {
  const { page } = inBrowser
  await openReport()
  for (const width of [1500, 1280, 820, 360]) {
    await page.setViewportSize({ width, height: 900 })
    const widest = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(widest).toBeLessThanOrEqual(width)
  }
})

test('the API reference sends requests as the selected persona', async () => {
  const { mock, page, problems } = inBrowser
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

import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { useConsole } from './vitest.console.ts'

const acme = '/workspaces/ws_a1b2c3d4e5f6g7h8'
const inBrowser = useConsole()

async function ask(path: string, { headers, ...init }: RequestInit = {}): Promise<void> {
  const { mock } = inBrowser
  const authorization = `Bearer ${await mock.tokenFor('viewer')}`
  const response = await fetch(mock.url + path, { ...init, headers: { authorization, ...headers } })
  await response.arrayBuffer()
}

const item = (text: string) => inBrowser.page.locator('#requests > li', { hasText: text })
const shown = () => inBrowser.page.locator('#requests > li:visible .path').allTextContents()

test('an entry opens to headers and bodies of request and response', async () => {
  const { page } = inBrowser
  await inBrowser.open()
  const body = JSON.stringify({ nam: 'Night Shift' })
  await ask(`${acme}/organizations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  await item('name is missing').locator('summary').click()
  expect(await page.getByLabel('Request body').textContent()).toContain('"nam": "Night Shift"')
  await page.getByLabel('Response body').getByText('bad_request').waitFor()
  await page.getByRole('definition').getByText('application/problem+json').waitFor()
  await page.getByRole('definition').getByText('Bearer [removed]').waitFor()
})

test('marks say what made a response, and that a download was cancelled', async () => {
  const { mock, page } = inBrowser
  mock.scenario({ name: 'rate-limited', calls: 1 })
  await ask('/workspaces')
  mock.respond({ operation: 'listOrganizations', status: 418, body: 'short and stout' })
  await ask(`${acme}/organizations`)
  mock.scenario({ name: 'stalled-body', operation: 'exportOrganizationUsage', fraction: 0.5 })
  const controller = new AbortController()
  const headers = { authorization: `Bearer ${await mock.tokenFor('viewer')}` }
  const report = `${mock.url}${acme}/organizations/usage.pdf`
  const { body } = await fetch(report, { headers, signal: controller.signal })
  await body!.getReader().read()
  controller.abort()
  await inBrowser.open()
  await item('cancelled by the client').waitFor()
  const marks = await page
    .locator('.marks')
    .evaluateAll((all) => all.map(({ children }) => Array.from(children, ({ textContent }) => textContent)))
  expect(marks).toEqual([
    ['scenario stalled-body', 'cancelled by the client'],
    ['own response', 'undocumented'],
    ['scenario rate-limited', 'undocumented'],
  ])
  await page.locator('summary').first().click()
  await page.getByText(/^[\d,]+ of [\d,]+ bytes$/).waitFor()
})

describe('curl', () => {
  /** What curl would be called with, found by a shell. */
  const argumentsOf = (command: string) =>
    execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; TOKEN=mine; ${command}`], {
      encoding: 'utf8',
    })
      .split('\0')
      .slice(0, -1)
  const copyFirst = async () => {
    const { page } = inBrowser
    await page.locator('summary').first().click()
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied the request as curl.').waitFor()
    return argumentsOf(await page.evaluate(() => navigator.clipboard.readText()))
  }

  test('repeats the request with a new token of its persona', async () => {
    const body = JSON.stringify({ name: `O'Brien "$HOME" \\ & sons` })
    await ask(`${acme}/organizations?dry=it's`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    await inBrowser.open()
    const given = await copyFirst()
    const { url } = inBrowser.mock
    expect(given.slice(0, 4)).toEqual(['-sS', '-X', 'POST', `${url}${acme}/organizations?dry=it%27s`])
    expect(given).toContain('content-type: application/json')
    expect(given.slice(-2)).toEqual(['--data-raw', body])
    const [authorization] = given.filter((text) => text.startsWith('Authorization: '))
    const again = await fetch(`${url}/workspaces`, { headers: { authorization: authorization!.slice(15) } })
    expect(again.status).toBe(200)
  })

  test('leaves a place for a token that the journal does not know', async () => {
    await ask('/workspaces', { method: 'HEAD', headers: { authorization: 'Bearer undefined' } })
    await inBrowser.open()
    const given = await copyFirst()
    expect(given.slice(0, 3)).toEqual(['-sS', '--head', `${inBrowser.mock.url}/workspaces`])
    expect(given).toContain('Authorization: Bearer mine')
  })
})

test('the list is filtered by text, method and status, also as requests arrive', async () => {
  const { page } = inBrowser
  await ask('/workspaces')
  await ask('/nowhere')
  await ask('/workspaces', { method: 'DELETE' })
  await inBrowser.open()
  await item('/nowhere').waitFor()
  const filters = [
    { text: 'nowhere', expected: ['/nowhere'] },
    { text: '  VIEWER   workspaces  ', expected: ['/workspaces'] },
    { method: 'DELETE', expected: ['/workspaces'] },
    { outcome: '4', expected: ['/workspaces', '/nowhere'] },
    { outcome: '2', expected: ['/workspaces'] },
  ]
  for (const { text = '', method = '', outcome = '', expected } of filters) {
    await page.getByLabel('Filter by text').fill(text)
    await page.getByLabel('Method', { exact: true }).selectOption(method)
    await page.getByLabel('Status', { exact: true }).selectOption(outcome)
    expect(await shown()).toEqual(expected)
    expect(await page.locator('#journal-count').textContent()).toBe(`${expected.length} of 3`)
  }
  await page.getByLabel('Status', { exact: true }).selectOption('cancelled')
  await page.getByText('No request matches the filter.').waitFor()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(async () => (await shown()).length).toBe(3)
  await page.getByLabel('Filter by text').fill('later')
  await ask('/later')
  await item('/later').waitFor()
  expect(await shown()).toEqual(['/later'])
})

test('the list and the table are one tab stop each; arrow keys move in them', async () => {
  const { page } = inBrowser
  for (let call = 0; call < 5; call += 1) await ask(`/workspaces?call=${call}`)
  await inBrowser.open()
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent || document.activeElement?.ariaLabel)
  await page.locator('summary[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toContain('call=3')
  await page.keyboard.press('End')
  expect(await focused()).toContain('call=0')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copy as curl' }).waitFor()

  await page.getByLabel('users used by Night Shift').focus()
  await page.keyboard.press('ArrowRight')
  expect(await focused()).toBe('limit of users for Night Shift')
  await page.keyboard.type('12')
  await page.keyboard.press('ArrowLeft')
  expect(await focused()).toBe('limit of users for Night Shift')
  await page.keyboard.press('ArrowUp')
  expect(await focused()).toBe('limit of users for Support')
  await expect.poll(() => inBrowser.mock.requests().length).toBe(5)
  const stops = await page
    .locator('#data input[tabindex="0"], #requests summary[tabindex="0"]')
    .evaluateAll((all) => all.map(({ localName }) => localName))
  expect(stops).toEqual(['input', 'summary'])
})

test('what is no number is refused; Escape restores the figure', async () => {
  const { page, mock } = inBrowser
  await inBrowser.open()
  const before = JSON.stringify(mock.state())
  const input = page.getByLabel('users used by Night Shift')
  const value = await input.inputValue()
  await input.fill('many')
  await page.keyboard.press('Tab')
  expect(await input.evaluate((element: HTMLInputElement) => element.validationMessage)).toBe(
    'Enter a whole number.',
  )
  await input.focus()
  await page.keyboard.press('Escape')
  expect(await input.inputValue()).toBe(value)
  expect(await input.evaluate((element: HTMLInputElement) => element.validity.valid)).toBe(true)
  expect(JSON.stringify(mock.state())).toBe(before)
})

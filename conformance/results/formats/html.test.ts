import { expect, test } from 'vitest'
import { renderHtml } from './html.ts'
import { hostileReport, mixedReport, report, result } from './vitest.sample.ts'

test('the page says the verdict, why, and what was tried', async () => {
  const page = renderHtml(mixedReport())
  expect(page).toContain('<h1>Not conforming</h1>')
  expect(page).toContain('1 of the 5 checks that decide and ran failed, in AUTH')
  expect(page).toContain('Passes, but is listed in the baseline')
  await expect(page.replace(/<style>.*<\/style>/s, '')).toMatchFileSnapshot('snapshots/html.txt')
})

test('the same results give the same page', () => {
  expect(renderHtml(mixedReport())).toBe(renderHtml(mixedReport()))
})

test('nothing that a deployment says becomes markup, or steers the text around it', () => {
  const page = renderHtml(hostileReport())
  expect(page).toContain('&lt;script&gt;alert(1)')
  expect(page).not.toMatch(/<script|<img|\sonerror=[^&]*>/)
  expect(page).not.toMatch(/[\0\x1b\u202e]/)
})

test('what a deployment answers cannot make the page huge', () => {
  const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`x-${i}`, 'y'.repeat(5000)]))
  const [exchange] = result('AUTH-001', 'failed').evidence
  const evidence = [{ ...exchange!, response: { status: 200, headers, bytes: 1 } }]
  const page = renderHtml(report([result('AUTH-001', 'failed', { evidence, reason: 'z'.repeat(1e6) })]))
  expect(page.length).toBeLessThan(150_000)
  expect(page).toContain('9940 more fields')
})

test('nothing is fetched, and nothing can be: the page forbids it to itself', () => {
  const page = renderHtml(hostileReport())
  expect(page).toContain(`content="default-src &#39;none&#39;; style-src`)
  expect(page).not.toMatch(/<(link|iframe|object|embed|base|form)\b/)
  expect(page).not.toMatch(/url\(|@import/)
})

test('a page of a document that could not be decided is said to show what two readings disagree on', () => {
  const page = renderHtml(
    report([result('CONTENT-001', 'cantTell', { pictures: [{ page: 2, png: 'iVBORw0KGgo=' }] })]),
  )
  expect(page).toContain('<figcaption>Page 2, with what two ways to read it disagree on</figcaption>')
})

test('a page of the document is shown where the run has its picture', () => {
  const page = renderHtml(
    report([result('AUTH-001', 'failed', { pictures: [{ page: 2, png: 'iVBORw0KGgo=' }] })]),
  )
  expect(page).toContain(
    '<img alt="Page 2 of the document, with what was found marked" src="data:image/png;base64,iVBORw0KGgo=">',
  )
})

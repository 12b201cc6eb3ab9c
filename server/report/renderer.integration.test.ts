import { afterEach, expect, test } from 'vitest'
import type { UsageData } from '../../fixtures/workspace.ts'
import { renderReport } from './render.ts'
import { createRenderer, type RendererOptions, type ReportRenderer } from './renderer.ts'
import { RendererBusyError } from './renderer-busy-error.ts'

let renderer: ReportRenderer
afterEach(() => renderer.close())

function create(options: Partial<RendererOptions> = {}): ReportRenderer {
  renderer = createRenderer({ threads: 1, queue: 1, cacheBytes: 1_000_000, ...options })
  return renderer
}

function workspace(name: string): UsageData {
  const usage = { usage: { users: 1 }, subtree_usage: { users: 1 } }
  return {
    workspace: { id: 'ws_1', name, billing_mode: 'pooled' },
    asOf: '2026-01-31T00:00:00Z',
    billingAccounts: [],
    organizations: [{ id: 'org_1', name, parent_org_id: null, depth: 0, usage, limits: {} }],
  }
}

test('a thread gives the bytes that rendering here gives', async () => {
  const pdf = await create().render(workspace('Bytes'))
  expect(pdf.equals(await renderReport(workspace('Bytes')))).toBe(true)
})

test('requests for the same data share one rendering, at the same time and later', async () => {
  const { render } = create()
  const [first, second] = await Promise.all([render(workspace('Same')), render(workspace('Same'))])
  expect(second).toBe(first)
  expect(await render(workspace('Same'))).toBe(first)
})

test('what does not fit into the cache is rendered again', async () => {
  const { render } = create({ cacheBytes: 1000 })
  const first = await render(workspace('Uncached'))
  const again = await render(workspace('Uncached'))
  expect(again).not.toBe(first)
  expect(again.equals(first)).toBe(true)
})

test('a full queue refuses at once, and takes requests again when it has emptied', async () => {
  const { render } = create()
  const running = render(workspace('Running'))
  const queued = render(workspace('Queued'))
  await expect(render(workspace('Refused'))).rejects.toThrow(RendererBusyError)
  await Promise.all([running, queued])
  await expect(render(workspace('Refused'))).resolves.toBeInstanceOf(Buffer)
})

test('an aborted request frees its place in the queue', async () => {
  const { render } = create()
  const running = render(workspace('Running'))
  const controller = new AbortController()
  const aborted = render(workspace('Aborted'), controller.signal)
  controller.abort(new Error('gone'))
  await expect(aborted).rejects.toThrow('gone')
  const next = render(workspace('Next'))
  await expect(Promise.all([running, next])).resolves.toHaveLength(2)
})

test('one of two that share a rendering may leave; the other gets it', async () => {
  const { render } = create()
  const running = render(workspace('Running'))
  const controller = new AbortController()
  const leaving = render(workspace('Shared'), controller.signal)
  const staying = render(workspace('Shared'))
  controller.abort(new Error('gone'))
  await expect(leaving).rejects.toThrow('gone')
  await expect(staying).resolves.toBeInstanceOf(Buffer)
  await running
})

test('data that cannot be drawn rejects its own request only', async () => {
  const { render } = create()
  const broken = workspace('Broken')
  broken.organizations[0]!.parent_org_id = 'org_1'
  await expect(render(broken)).rejects.toThrow(/cycle/)
  await expect(render(workspace('Sound'))).resolves.toBeInstanceOf(Buffer)
})

import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createMock, type Mock } from '../create-mock.ts'

let mock: Mock
beforeAll(async () => {
  mock = await createMock()
})
beforeEach(() => mock.reset())
afterAll(() => mock.close())

/** Requests the export, and cancels it once that much of the response has been read. */
async function cancel(read: (response: Response) => Promise<unknown>): Promise<void> {
  const controller = new AbortController()
  const headers = { authorization: `Bearer ${await mock.tokenFor('viewer')}` }
  const url = `${mock.url}/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf`
  await read(await fetch(url, { headers, signal: controller.signal }))
  controller.abort()
  await vi.waitFor(() => expect(mock.requests()).toHaveLength(1))
}

test('a download that is cancelled in the middle can be verified', async () => {
  mock.scenario({ name: 'stalled-body', fraction: 0.5 })
  await cancel((response) => response.body!.getReader().read())
  expect(mock.requests()).toMatchObject([
    {
      status: 200,
      cancelled: true,
      verdict: {
        right: true,
        remarks: expect.arrayContaining([
          'The client closed the connection before the response was complete.',
        ]),
      },
    },
  ])
  const operation = 'exportOrganizationUsage'
  expect(mock.verify({ operation, cancelled: true, exactly: 1 }).verified).toBe(true)
  expect(mock.verify({ operation, cancelled: false, exactly: 0 }).verified).toBe(true)
  const listed = async (cancelled: boolean) => {
    const response = await fetch(`${mock.url}/_mock/requests?cancelled=${cancelled}`)
    return ((await response.json()) as { requests: unknown[] }).requests.length
  }
  expect([await listed(true), await listed(false)]).toEqual([1, 0])
})

test('one that is cancelled before the response has no status', async () => {
  mock.scenario({ name: 'latency', ms: 60_000 })
  const headers = { authorization: `Bearer ${await mock.tokenFor('viewer')}` }
  const signal = AbortSignal.timeout(200)
  await fetch(`${mock.url}/workspaces`, { headers, signal }).catch(() => {})
  await vi.waitFor(() => expect(mock.requests()).toHaveLength(1))
  expect(mock.requests()).toMatchObject([{ status: null, cancelled: true }])
})

test('a connection that the mock resets is not the client’s doing', async () => {
  mock.scenario({ name: 'connection-reset', fraction: 0.5 })
  await expect(cancel((response) => response.arrayBuffer())).rejects.toThrow()
  await vi.waitFor(() => expect(mock.requests()).toHaveLength(1))
  expect(mock.requests()[0]).not.toHaveProperty('cancelled')
})

test('a complete download is none that was cancelled', async () => {
  await cancel((response) => response.arrayBuffer())
  expect(mock.requests()[0]).not.toHaveProperty('cancelled')
})

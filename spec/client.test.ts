import { expect, test } from 'vitest'
import { createWorkspacesClient } from './client.ts'

const asked: Request[] = []

function clientAnswering(body: BodyInit, type: string, token: string | (() => Promise<string>) = 't') {
  return createWorkspacesClient({
    baseUrl: 'https://api.example/v1',
    token,
    fetch: async (request) => {
      asked.push(request)
      return new Response(body, { headers: { 'content-type': type } })
    },
  })
}

test('a path of the contract is asked below the base URL, with the current token', async () => {
  let issued = 0
  const client = clientAnswering(
    '{"data":[],"has_more":false}',
    'application/json',
    async () => `t${++issued}`,
  )
  for (const expected of ['Bearer t1', 'Bearer t2']) {
    const { data } = await client.GET('/workspaces/{workspaceId}/organizations', {
      params: { path: { workspaceId: 'ws_a b' } },
    })
    expect(data).toEqual({ data: [], has_more: false })
    expect(asked.at(-1)?.url).toBe('https://api.example/v1/workspaces/ws_a%20b/organizations')
    expect(asked.at(-1)?.headers.get('authorization')).toBe(expected)
  }
})

test('the export arrives as bytes', async () => {
  const { data, response } = await clientAnswering('%PDF-1.7', 'application/pdf').GET(
    '/workspaces/{workspaceId}/organizations/usage.pdf',
    { params: { path: { workspaceId: 'ws_a1b2c3d4e5f6g7h8' } }, parseAs: 'blob' },
  )
  expect(response.status).toBe(200)
  expect(data!.size).toBe(8)
})

test('a path that the contract does not have does not compile', () => {
  const client = clientAnswering('', 'text/plain')
  // @ts-expect-error: no such path
  expect(() => client.GET('/workspace')).not.toThrow()
})

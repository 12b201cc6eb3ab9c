import { expect, test } from 'vitest'
import { loadDocument } from '../../spec/contract-document.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { runCheck } from '../engine/run-check.ts'
import { openSession } from '../engine/session.ts'
import type { Transport } from '../http/transport.ts'
import { readProfile } from '../profile.ts'
import { defineDownload } from './download-operation.ts'
import { usageExport } from './usage-export.ts'

test('the descriptor says what the contract says', async () => {
  const { operations } = await loadDocument()
  const described = operations.find(({ path, method }) => path === usageExport.path && method === 'get')
  expect(described?.provenance).toBe('user')
  const success = described?.responses.find(({ status }) => status === 200)
  expect(success?.mediaTypes).toEqual([usageExport.mediaType])
  expect(operations.map(({ path }) => path as string)).toContain(usageExport.listPath)
})

test('paths, responses and places are named after the template', () => {
  expect(usageExport.fileName).toBe('usage.pdf')
  expect(usageExport.pathOf('a/$&')).toBe('/workspaces/a%2F%24%26/organizations/usage.pdf')
  expect(usageExport.pathWithSegment('%zz')).toBe('/workspaces/%zz/organizations/usage.pdf')
  expect(usageExport.listPathOf('ws_1')).toBe('/workspaces/ws_1/organizations')
  expect(usageExport.documented(401)).toEqual(['GET /workspaces/{workspaceId}/organizations/usage.pdf 401'])
  expect(usageExport.inContract('/responses/401')).toBe(
    'openapi#/paths/~1workspaces~1{workspaceId}~1organizations~1usage.pdf/get/responses/401',
  )
})

test('the checks of another download are about that one alone', async () => {
  const other = defineDownload({
    ...usageExport,
    path: '/workspaces/{workspaceId}/organizations',
    mediaType: 'application/json',
    listPath: '/workspaces/{workspaceId}/billing-accounts',
  })
  const sent = new Set<string>()
  const respond = ({ path, headers }: { path: string; headers: object }) => {
    sent.add(JSON.stringify([path, headers]))
    return {
      bytes: Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
      timing: { head: 0, total: 0 },
    }
  }
  const transport: Transport = {
    async request(prepared) {
      const { timing } = respond(prepared)
      return { status: 200, headers: [], body: Buffer.alloc(0), informational: [], timing }
    },
    requestRaw: async (prepared) => respond(prepared),
  }
  const token = { token: { value: 'e30.e30.c2lnbmF0dXJl' } }
  const profile = readProfile(
    JSON.stringify({
      actors: { member: token, outsider: { ...token, workspace: 'ws_2' } },
      workspace: { id: 'ws_1', organizations: { api: true } },
      limits: { rate: 1_000_000 },
    }),
    'profile',
  )
  const tool = { name: 'altostrat-contract', version: 'test' }
  const options = { baseUrl: 'http://127.0.0.1', tool, env: {}, operation: other, transport }
  const session = await openSession(profile, options)
  using _context = session.context
  const checks = catalogueOf(other).flatMap(({ checks }) => checks)
  for (const check of checks) await runCheck(check, session)

  expect(sent.size).toBeGreaterThan(100)
  expect([...sent].filter((request) => request.includes(usageExport.fileName))).toEqual([])
  const claims = checks.flatMap(({ source, covers }) => [source, ...covers])
  expect(claims.filter((claim) => claim.includes(usageExport.fileName))).toEqual([])
})

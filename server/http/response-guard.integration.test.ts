import { Writable } from 'node:stream'
import { pino } from 'pino'
import request from 'supertest'
import { beforeEach, expect, test } from 'vitest'
import type { Operation, ResponseHeader } from '../../spec/operation.ts'
import { createApp } from '../app.ts'
import { generateSigningKey } from '../authentication/signing-key.ts'
import { loadContract, type ServedContract } from '../contract.ts'
import { type ApiResponse, jsonResponse } from './api-response.ts'
import { Problem } from './problem.ts'
import { findContractViolation } from './response-guard.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const pdf = { 'Content-Type': 'application/pdf' }
const whole = Buffer.from('%PDF-1.7\n%%EOF\n')

const ours = await loadContract()

let lines: { level: number; err?: { message: string } }[]
const log = pino(
  new Writable({
    write(line, _encoding, done) {
      lines.push(JSON.parse(line))
      done()
    },
  }),
)
beforeEach(() => {
  lines = []
})

/** What leaves the server when its handler answers so, and what it logs as errors meanwhile. */
async function answerWith(
  handler: () => ApiResponse | Promise<ApiResponse>,
  contract: ServedContract = ours,
) {
  const { app, tokenFor } = await createApp({
    signingKey: await generateSigningKey(),
    log,
    contract,
    handlers: { exportOrganizationUsage: async () => handler() },
  })
  const response = await request(app)
    .get(path)
    .set('Authorization', `Bearer ${await tokenFor('owner')}`)
  const logged = lines.filter(({ level }) => level >= 50).map(({ err }) => err?.message ?? '')
  return { status: response.status, headers: response.headers, body: response.body, logged }
}

/** Our contract, whose export has these headers in every response. */
const declaring = (...headers: ResponseHeader[]): ServedContract => ({
  ...ours,
  operations: ours.operations.map((operation) =>
    operation.operationId === 'exportOrganizationUsage'
      ? { ...operation, responses: operation.responses.map((response) => ({ ...response, headers })) }
      : operation,
  ),
})

test.each<[string, string, () => ApiResponse | Promise<ApiResponse>]>([
  [
    'an undocumented status',
    'status 201 is not documented',
    () => ({ status: 201, headers: pdf, body: whole }),
  ],
  [
    'an undocumented redirect',
    'status 302 is not documented',
    () => ({ status: 302, headers: { Location: '/' } }),
  ],
  [
    'an undocumented media type',
    '200 has text/html, documented is application/pdf',
    () => ({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: whole }),
  ],
  ['no media type', '200 has no media type', () => ({ status: 200, headers: {}, body: whole })],
  ['no body', 'the PDF is empty', () => ({ status: 200, headers: pdf })],
  ['an empty body', 'the PDF is empty', () => ({ status: 200, headers: pdf, body: Buffer.alloc(0) })],
  [
    'HTML in place of a PDF',
    'does not begin with %PDF-',
    () => ({ status: 200, headers: pdf, body: Buffer.from('<html>%%EOF') }),
  ],
  [
    'a PDF that is cut short',
    'does not end with %%EOF',
    () => ({ status: 200, headers: pdf, body: Buffer.from('%PDF-1.7\n1 0 obj') }),
  ],
  [
    'a page under 404',
    'text/html on 404 is not documented',
    () => ({ status: 404, headers: { 'Content-Type': 'text/html' }, body: Buffer.from('<html>') }),
  ],
  [
    'a refusal that is not documented',
    'status 400 is not documented',
    () => {
      throw new Problem('bad_request', 'secret of the handler')
    },
  ],
  [
    'an accident',
    'secret of the handler',
    async () => {
      throw new TypeError('secret of the handler')
    },
  ],
])('%s never leaves: it is logged and answered 500', async (_title, reason, handler) => {
  const { status, body, logged } = await answerWith(handler)
  expect(status).toBe(500)
  expect(body).toMatchObject({ status: 500, code: 'internal_error' })
  expect(JSON.stringify(body)).not.toContain('secret')
  expect(logged.join()).toContain(reason)
})

test('a body is not taken for another one that fitted', () => {
  const schema = { type: 'object', required: ['id'] }
  const operation = {
    responses: [{ key: '200', mediaTypes: ['application/json'], schemas: { 'application/json': schema } }],
  } as unknown as Operation
  const fault = (value: object) => findContractViolation(operation, jsonResponse(200, value))
  expect([{ id: 1 }, { id: 1 }, { no: 1 }, { id: 1 }, {}].map(fault)).toEqual([
    undefined,
    undefined,
    "/ must have required property 'id'",
    undefined,
    "/ must have required property 'id'",
  ])
})

test('a documented answer leaves as it is', async () => {
  const { status, body, logged } = await answerWith(() => ({ status: 200, headers: pdf, body: whole }))
  expect({ status, logged }).toEqual({ status: 200, logged: [] })
  expect(body.equals(whole)).toBe(true)
})

const correct = () => ({ status: 200, headers: { ...pdf, 'X-Pages': '3', Link: '</a>' }, body: whole })
const refuse = () => {
  throw new Problem('forbidden', 'not yours')
}

test.each([
  ['a report', correct],
  ['a refusal', refuse],
])('%s that lacks a required header never leaves', async (_what, handler) => {
  const { status, logged } = await answerWith(handler, declaring({ name: 'X-Quota-Left', required: true }))
  expect(status).toBe(500)
  expect(logged.join()).toContain('lacks X-Quota-Left, which the contract requires')
})

test('headers that the server, a middleware or Node sets are there, wherever a contract requires them', async () => {
  const names = ['ETag', 'date', 'Content-Length', 'Vary', 'x-content-type-options', 'Accept-Ranges', 'Link']
  const required = names.map((name) => ({ name, required: true }))
  const optional = { name: 'X-Quota-Left', required: false, example: 7 }
  const { status, headers, logged } = await answerWith(correct, declaring(...required, optional))
  expect({ status, logged }).toEqual({ status: 200, logged: [] })
  for (const name of names) expect(headers).toHaveProperty(name.toLowerCase())
  expect(headers).not.toHaveProperty('x-quota-left')
})

test('a required header that nobody sets is sent as the contract gives it', async () => {
  const quota = { name: 'X-Quota-Left', required: true, example: 7 }
  const contract = declaring(quota, { name: 'X-Pages', required: true, example: 1 })
  expect(await answerWith(correct, contract)).toMatchObject({
    status: 200,
    headers: { 'x-quota-left': '7', 'x-pages': '3' },
  })
  expect(await answerWith(refuse, contract)).toMatchObject({ status: 403, headers: { 'x-quota-left': '7' } })
})

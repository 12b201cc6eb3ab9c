import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { ReceivedResponse } from '../../http/response.ts'
import { whyMisnamed } from './media-type-claims.ts'

const response = (
  type: string,
  body: string | Buffer,
  more: Partial<ReceivedResponse> & { coding?: string } = {},
): ReceivedResponse => ({
  status: 404,
  headers: [
    ['Content-Type', type],
    ...(more.coding ? [['Content-Encoding', more.coding] as [string, string]] : []),
  ],
  body: Buffer.from(body as string),
  informational: [],
  timing: { head: 0, total: 0 },
  ...more,
})

test.each([
  ['application/pdf', '<!doctype html>', 'is no PDF'],
  ['application/problem+json', '<h1>No</h1>', 'is no JSON'],
  ['application/json; charset=utf-8', '{"a":', 'is no JSON'],
  ['text/html', '%PDF-1.7', 'is a PDF'],
  ['text/plain', '%PDF-1.7', 'is a PDF'],
  ['text/html; charset=utf-8', '{"status": 404}', 'is JSON'],
  ['application/xml', 'Not found', 'is no XML'],
  ['image/png', 'Not found', 'is no image/png'],
])('%s with %j %s', (type, body, why) => {
  expect(whyMisnamed(response(type, body))).toBe(why)
  expect(whyMisnamed(response(type, gzipSync(body), { coding: 'gzip' }))).toBe(why)
})

test('JSON in another encoding than UTF-8 is not what it says', () => {
  const body = Buffer.from('{"title":"für Sie"}', 'latin1')
  expect(whyMisnamed(response('application/problem+json', body))).toBe(
    'is not encoded in UTF-8, as JSON must be',
  )
})

test.each([
  ['application/json', '\ufeff{"a":1}'],
  ['application/json', '"not found"'],
  ['application/x-ndjson', '{}\n{}'],
  ['text/plain', '{"status": 404}'],
  ['text/html', 'Not found'],
  ['text/html', '[not found]'],
  ['application/octet-stream', '%PDF-1.7'],
  ['application/pdf', '\n%PDF-1.7'],
  ['application/xml', '\ufeff<?xml version="1.0"?><a/>'],
  ['application/xml; charset=utf-16', 'whatever'],
  ['application/pdf', ''],
  ['', '<p>'],
])('%s with %j is as it says', (type, body) => {
  expect(whyMisnamed(response(type, body))).toBeUndefined()
})

test('a part of a content, and one that breaks off or does not decode, say nothing', () => {
  expect(whyMisnamed(response('application/pdf', 'xref', { status: 206 }))).toBeUndefined()
  expect(whyMisnamed(response('application/json', '{"a":', { truncated: 'closed' }))).toBeUndefined()
  expect(whyMisnamed(response('application/json', '{"a":', { coding: 'gzip' }))).toBeUndefined()
})

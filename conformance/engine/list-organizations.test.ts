import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestSpec } from '../http/request.ts'
import type { HeaderField, ReceivedResponse } from '../http/response.ts'
import { SetupError } from '../setup-error.ts'
import { listOrganizations } from './list-organizations.ts'
import type { Target } from './target.ts'

const path = '/workspaces/ws_1/organizations'
const ids = ['a', 'b', 'c', 'd', 'e']
const row = (id: string) => ({ id, name: id.toUpperCase() })

type Reply = { json?: unknown; text?: string; status?: number; headers?: HeaderField[] }

/** A deployment that responds to a path and a query. */
function serve(reply: (path: string, query: URLSearchParams) => Reply) {
  const requests: string[] = []
  const request = async ({ path = '', query = '' }: RequestSpec = {}): Promise<ReceivedResponse> => {
    requests.push(`${path}?${query}`)
    const {
      json,
      text = JSON.stringify(json ?? null),
      status = 200,
      headers = [],
    } = reply(path, new URLSearchParams(query))
    return { status, headers, body: Buffer.from(text), informational: [], timing: { head: 0, total: 0 } }
  }
  const notNeeded = () => Promise.reject(new Error('not needed'))
  const target: Target = { request, requestRaw: notNeeded, findInRun: () => undefined }
  return {
    requests,
    list: () => listOrganizations({ target, base: new URL('https://api.example/v1'), path }),
  }
}

/** Two organizations a page. */
const pageOf = (page: number) => ({
  rows: ids.slice(2 * page - 2, 2 * page).map(row),
  isLast: 2 * page >= ids.length,
})
const inner = `http://10.0.0.7:8000/v1${path}`

const forms: [string, (query: URLSearchParams) => Reply][] = [
  [
    'has_more and the id of the last row',
    (query) => {
      const start = ids.indexOf(query.get('after') ?? query.get('starting_after') ?? '') + 1
      return { json: { data: ids.slice(start, start + 2).map(row), has_more: start + 2 < ids.length } }
    },
  ],
  [
    'has_more and page numbers',
    (query) => {
      const { rows, isLast } = pageOf(Number(query.get('page') ?? 1))
      return { json: { data: rows, has_more: !isLast } }
    },
  ],
  [
    'the public API: next_cursor',
    (query) => {
      const { rows, isLast } = pageOf(Number(query.get('after') ?? 1))
      const cursor = Number(query.get('after') ?? 1) + 1
      return { json: { data: rows, has_more: !isLast, next_cursor: isLast ? null : `${cursor}` } }
    },
  ],
  [
    "Laravel's links",
    (query) => {
      const page = Number(query.get('page') ?? 1)
      const { rows, isLast } = pageOf(page)
      const next = isLast ? null : `https://api.example/v1${path}?page=${page + 1}`
      return { json: { data: rows, links: { next }, meta: { current_page: page, last_page: 3 } } }
    },
  ],
  [
    "Laravel's cursor in meta",
    (query) => {
      const page = Number(query.get('cursor') ?? 1)
      const { rows, isLast } = pageOf(page)
      return { json: { data: rows, meta: { next_cursor: isLast ? null : String(page + 1) } } }
    },
  ],
  [
    'page numbers alone',
    (query) => {
      const page = Number(query.get('page') ?? 1)
      return { json: { data: pageOf(page).rows, meta: { current_page: String(page), last_page: '3' } } }
    },
  ],
  [
    "Django's, named as it is called behind its proxy",
    (query) => {
      const offset = Number(query.get('offset') ?? 0)
      const next = offset + 2 < ids.length ? `${inner}?limit=2&offset=${offset + 2}` : null
      return { json: { count: 5, next, previous: null, results: ids.slice(offset, offset + 2).map(row) } }
    },
  ],
  [
    'a Link field beside a bare array',
    (query) => {
      const page = Number(query.get('page') ?? 1)
      const { rows, isLast } = pageOf(page)
      const link = `<${path}?page=1>; rel="first", <?page=${page + 1}>; title="a, b"; rel="next last"`
      return { json: rows, headers: isLast ? [] : [['Link', link]] }
    },
  ],
]

test.each(forms)('%s: all pages are read', async (_, reply) => {
  const deployment = serve((at, query) => (at === path ? reply(query) : { status: 404 }))
  expect((await deployment.list()).map(({ id }) => id)).toEqual(ids)
  expect(deployment.requests.length).toBeLessThanOrEqual(7)
})

test('no other origin is asked, and a link without a query leads nowhere', async () => {
  const deployment = serve(() => ({
    json: { data: [row('a')], links: { next: 'https://elsewhere.example/all' } },
  }))
  await expect(deployment.list()).rejects.toThrow(
    /says in links\.next that its page 1 is not the last, and the next/,
  )
  expect(deployment.requests).toEqual([`${path}?`])
})

describe('what cannot be read ends with one sentence that says why', () => {
  const long = Array.from({ length: 200_000 }, () => 0)
  test.each<[string, (page: number) => Reply, RegExp]>([
    [
      'null',
      () => ({ json: null }),
      /GET \/workspaces\/ws_1\/organizations was answered 200 .* holds no array/,
    ],
    ['no JSON', () => ({ text: '<p>' }), /with no media type, and the body is no JSON; give/],
    ['no UTF-8', () => ({ text: '\u0000' }), /the body is no JSON/],
    ['a refusal', () => ({ status: 500 }), /was answered 500; give { file: … } instead/],
    [
      'a cursor that is an object',
      () => ({ json: { data: [row('a')], next_cursor: { a: 1 } } }),
      /in next_cursor/,
    ],
    [
      'a cursor that no URL can hold',
      () => ({ json: { data: [row('a')], next_cursor: '\ud800' } }),
      /next_cursor/,
    ],
    [
      'the same page again and again',
      () => ({ json: { data: [row('a')], has_more: true } }),
      /says in has_more/,
    ],
    [
      'pages without end',
      (page) => ({ json: { data: [row(`${page}`)], next_cursor: `${page}` } }),
      /has more than 200 pages/,
    ],
    [
      'more rows than any platform has',
      () => ({ json: long }),
      /holds 200000 organizations; at most 100000 are/,
    ],
    [
      'nothing but brackets',
      () => ({ text: '['.repeat(1e6) }),
      /the body is not read: it is nested more than 500 levels deep \(line 1 column 501\)/,
    ],
    [
      'millions of values',
      () => ({ text: `{"data":[[]${',[]'.repeat(1e6)}]}` }),
      /the body is not read: it holds more than 2000000 values \(line 1 column \d+\)/,
    ],
    [
      'millions of values on several pages',
      (page) => ({
        text: `{"data":[{"id":"${page}","x":[[]${',[]'.repeat(4e5)}]}],"next_cursor":"${page}"}`,
      }),
      /page 2 is not the last, .* cannot be found: it was answered 200 .* more than \d+ values/,
    ],
    [
      'a wrong figure in each row',
      () => ({ json: ids.map((id) => ({ ...row(id), limits: { users: 'many' } })) }),
      /cannot be used: the list: \/0\/limits\/users: organization a "A": limits.users must be a number, but is "many", and so with 4 more \(shape\); give/,
    ],
  ])('%s', async (_, reply, reason) => {
    let page = 0
    const error = await serve(() => reply(page++))
      .list()
      .catch((thrown) => thrown)
    expect(error).toBeInstanceOf(SetupError)
    expect(error.message).toMatch(reason)
    expect(error.message.length).toBeLessThan(500)
  })

  test('and anything else', async () => {
    const member = fc.oneof(fc.jsonValue(), fc.constantFrom('\ud800', '/?a', 'https://x.example', 3))
    const list = fc.dictionary(
      fc.constantFrom(
        'data',
        'next',
        'links',
        'meta',
        'has_more',
        'next_cursor',
        'current_page',
        'last_page',
      ),
      fc.oneof(member, fc.array(fc.record({ id: member, name: member })), fc.record({ next: member })),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(list, fc.jsonValue()), { minLength: 1 }), async (replies) => {
        let page = 0
        const outcome = await serve(() => ({ json: replies[page++ % replies.length] }))
          .list()
          .catch((error) => error)
        expect(Array.isArray(outcome) || outcome instanceof SetupError).toBe(true)
      }),
      { seed: 12, numRuns: 300 },
    )
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CommentThread, commentThreadOf } from './comment-thread.ts'
import { keepComment } from './keep-comment.ts'

interface Stored {
  id: number
  body: string
  user: { id: number; type: string }
}

const bot = { id: 41898282, type: 'Bot' }
const person = { id: 7, type: 'User' }
let comments: Stored[] = []
let asked: string[] = []
/** The account that `/user` names; a workflow's token is not told. */
let account: number | undefined
let mayWrite = true

/** GitHub's REST API as far as comments are concerned: two to a page, with `Link`. */
const github = createServer(async (request, response) => {
  const { method = '', url = '', headers } = request
  const { pathname, searchParams, origin } = new URL(url, `http://${headers.host}`)
  const answer = (status: number, body: unknown, link?: string) => {
    response.writeHead(status, { 'content-type': 'application/json', ...(link && { link }) })
    response.end(JSON.stringify(body))
  }
  asked.push(`${method} ${url}`)
  if (headers.authorization !== 'Bearer secret') return answer(401, { message: 'Bad credentials' })
  if (pathname === '/user') return account ? answer(200, { id: account }) : answer(403, {})
  if (method !== 'GET' && !mayWrite) return answer(403, { message: 'Resource not accessible by integration' })
  if (method === 'GET' && pathname === '/repos/o/r/issues/7/comments') {
    const page = Number(searchParams.get('page') ?? 1)
    const isLast = page * 2 >= comments.length
    const next = `<${origin}${pathname}?per_page=100&page=${page + 1}>; rel="next", <${origin}${pathname}>; rel="last"`
    return answer(200, comments.slice(page * 2 - 2, page * 2), isLast ? undefined : next)
  }
  const { body } = (await json(request)) as { body: string }
  if (method === 'POST') {
    comments.push({ id: comments.length + 1, body, user: bot })
    return answer(201, {})
  }
  const id = Number(/^\/repos\/o\/r\/issues\/comments\/(\d+)$/.exec(pathname)?.[1])
  comments = comments.map((comment) => (comment.id === id ? { ...comment, body } : comment))
  return answer(200, {})
})

const folder = mkdtempSync(join(tmpdir(), 'comment-'))
const event = join(folder, 'event.json')
let env: NodeJS.ProcessEnv

beforeAll(async () => {
  await new Promise<void>((done) => github.listen(0, '127.0.0.1', done))
  writeFileSync(event, JSON.stringify({ action: 'synchronize', pull_request: { number: 7 } }))
  env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_EVENT_PATH: event,
    GITHUB_TOKEN: 'secret',
  }
})
beforeEach(() => {
  comments = []
  asked = []
  account = undefined
  mayWrite = true
})
afterAll(() => {
  github.close()
  rmSync(folder, { recursive: true })
})

const keep = (markdown: string, more: { key?: string; isNews?: boolean; env?: NodeJS.ProcessEnv } = {}) =>
  keepComment(commentThreadOf({ ...env, ...more.env }) as CommentThread, {
    key: more.key ?? 'api.yaml',
    markdown,
    isNews: more.isNews ?? true,
  })

const others = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: 100 + index, body: 'LGTM', user: person }))

describe('the comment on a pull request', () => {
  test('is created once and then updated, however many comments stand before it', async () => {
    comments = others(5)
    expect(await keep('first')).toBe('created')
    comments.push(...others(3))
    expect(await keep('second')).toBe('updated')
    expect(await keep('second')).toBe('unchanged')
    expect(comments.filter(({ user }) => user === bot).map(({ body }) => body.split('\n'))).toEqual([
      [expect.stringMatching(/^<!-- .* -->$/), 'second'],
    ])
    expect(comments).toHaveLength(9)
  })

  test('is one for each contract', async () => {
    await keep('a', { key: 'a--b.yaml' })
    await keep('b', { key: 'a-->.yaml' })
    await keep('c', { key: 'a--b.yaml' })
    expect(comments.map(({ body }) => body.split('\n')[1])).toEqual(['c', 'b'])
    for (const { body } of comments) expect(body.split('\n')[0]).toMatch(/^<!-- contract-gate [^->]* -->$/)
  })

  test('is never one that a person wrote with our marker', async () => {
    await keep('ours')
    comments = [{ id: 50, body: comments[0]!.body, user: person }]
    expect(await keep('again')).toBe('created')
    account = person.id
    expect(await keep('with the token of that person')).toBe('updated')
    expect(comments[0]!.body).toContain('of that person')
  })

  test('is not begun where there is nothing to tell, but brought up to date', async () => {
    expect(await keep('fine', { isNews: false })).toBe('not needed')
    await keep('broken')
    expect(await keep('fine', { isNews: false })).toBe('updated')
  })

  test('is cut to what GitHub takes, with its fold-outs closed', async () => {
    await keep(`<details>\n${'- line\n'.repeat(20_000)}</details>`)
    const { body } = comments[0]!
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(body.split('<details>').length).toBe(body.split('</details>').length)
  })

  test('that may not be written says which permission is missing, and not the token', async () => {
    mayWrite = false
    await expect(keep('x')).rejects.toThrow(
      /^POST \/repos\/o\/r\/issues\/7\/comments: 403\. .*pull-requests: write/,
    )
  })

  test('asks no server but the one it was told', async () => {
    const elsewhere = createServer((_, response) => response.end('[]'))
    await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done))
    let reached = 0
    elsewhere.on('request', () => {
      reached++
    })
    const { port } = elsewhere.address() as AddressInfo
    const misleading = createServer((_, response) => {
      response.setHeader('link', `<http://127.0.0.1:${port}/next>; rel="next"`)
      response.end('[]')
    })
    await new Promise<void>((done) => misleading.listen(0, '127.0.0.1', done))
    const api = `http://127.0.0.1:${(misleading.address() as AddressInfo).port}`
    await keep('x', { isNews: false, env: { GITHUB_API_URL: api } })
    expect(reached).toBe(0)
    misleading.close()
    elsewhere.close()
  })
})

describe('the thread', () => {
  test('comes from the event or the ref', () => {
    const { GITHUB_EVENT_PATH: _, ...rest } = env
    const byRef = commentThreadOf({ ...rest, GITHUB_REF: 'refs/pull/12/merge' })
    expect(commentThreadOf(env)).toMatchObject({ name: 'pull request 7' })
    expect(byRef).toMatchObject({ url: expect.stringMatching(/issues\/12\/comments$/) })
  })

  test('on GitLab takes notes of the merge request, with a token that may write', () => {
    const gitlab = { GITLAB_CI: 'true', CI_API_V4_URL: 'https://gitlab.example/api/v4', CI_PROJECT_ID: '3' }
    const thread = commentThreadOf({
      ...gitlab,
      CI_MERGE_REQUEST_IID: '5',
      GITLAB_TOKEN: 't',
    }) as CommentThread
    expect([thread.updateUrl(9), thread.updateMethod]).toEqual([
      'https://gitlab.example/api/v4/projects/3/merge_requests/5/notes/9',
      'PUT',
    ])
    expect(commentThreadOf({ ...gitlab, CI_MERGE_REQUEST_IID: '5' })).toHaveProperty('missing')
  })

  test.each([
    ['no pull request', { GITHUB_EVENT_PATH: undefined }],
    ['no token', { GITHUB_TOKEN: undefined }],
    ['no job', { GITHUB_ACTIONS: undefined }],
  ])('is missing with a reason: %s', (_, change) => {
    expect(commentThreadOf({ ...env, ...change })).toEqual({ missing: expect.any(String) })
  })
})

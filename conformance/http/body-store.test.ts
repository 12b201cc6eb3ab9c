import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { BodyStore } from './body-store.ts'

const content = (fill: string, size = 100_000) => Buffer.alloc(size, fill)
const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith('altostrat-contract-'))

test('what is kept in memory and in files reads the same', () => {
  using store = new BodyStore({ inMemory: 150_000 })
  const messages = ['a', 'b', 'c'].map((fill) => store.keep({ status: 200, body: content(fill) }))
  expect(messages.map(({ status, body }) => [status, body.toString('latin1', 0, 2), body.length])).toEqual([
    [200, 'aa', 100_000],
    [200, 'bb', 100_000],
    [200, 'cc', 100_000],
  ])
})

test('equal contents take room once', () => {
  using store = new BodyStore({ inMemory: 100_000, onDisk: 0 })
  const [one, other] = [1, 2].map(() => store.keep({ body: content('a') }))
  expect(one!.body).toBe(other!.body)
})

test('a content beyond all room is refused with what to do', () => {
  using store = new BodyStore({ inMemory: 0, onDisk: 150_000 })
  store.keep({ body: content('a') })
  expect(() => store.keep({ body: content('b') })).toThrow('lower --max-bytes')
})

test('no file has a name while a run is under way', () => {
  const before = new Set(files())
  using store = new BodyStore({ inMemory: 0 })
  const { body } = store.keep({ body: content('a') })
  expect(files().filter((name) => !before.has(name))).toEqual(
    process.platform === 'win32' ? [expect.any(String)] : [],
  )
  expect(body).toEqual(content('a'))
})

test('a copy of a message keeps its contents', () => {
  using store = new BodyStore({ inMemory: 0 })
  const message = { ...store.keep({ body: content('a'), excess: content('b') }) }
  expect([message.body, message.excess]).toEqual([content('a'), content('b')])
})

test('a long head and many headers are kept as well, and small ones stay as they are', () => {
  using store = new BodyStore({ inMemory: 0, onDisk: 10_000_000 })
  const headers = Array.from({ length: 5000 }, (_, index) => ['Set-Cookie', `a=${index}`])
  const head = `HTTP/1.1 200 OK\r\nX: ${'\xe9'.repeat(20_000)}`
  const small = { status: 200, informational: [] }
  const kept = store.keep({ ...small, headers, head })
  expect(kept).toEqual({ ...small, headers, head })
  expect(kept.informational).toBe(small.informational)
  expect([kept.headers, kept.head]).not.toContain(headers)
  const full = new BodyStore({ inMemory: 0, onDisk: 0 })
  expect(() => full.keep({ headers })).toThrow('lower --max-bytes')
})

test('of large contents that are read again, the last ones are kept', () => {
  using store = new BodyStore({ inMemory: 0 })
  const messages = ['a', 'b', 'c', 'd', 'e', 'f'].map((fill) =>
    store.keep({ body: content(fill, 16 * 2 ** 20) }),
  )
  const read = messages.map(({ body }) => body)
  // A weak reference would give the first one again: it keeps all that one synchronous task reads.
  expect([messages.at(-1)!.body === read.at(-1), messages[0]!.body === read[0]]).toEqual([true, false])
  expect(messages[0]!.body.equals(read[0]!)).toBe(true)
})

import { describe, expect, test } from 'vitest'
import { isWholeMessage, parseMessage } from './message.ts'

const parse = (text: string, method = 'GET') =>
  parseMessage(Buffer.from(text, 'latin1'), method, { head: 0, total: 0 })
const breaches = (text: string, method?: string) => parse(text, method).breaches.map(({ section }) => section)

describe('messages that are right', () => {
  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'hello', 'content-length'],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nhe\r\n3\r\nllo\r\n0\r\nX: 1\r\n\r\n',
      'hello',
      'chunked',
    ],
    ['closing', 'HTTP/1.1 200 OK\r\n\r\nhello', 'hello', 'close'],
    [
      'the same length twice',
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello',
      'hello',
      'content-length',
    ],
    ['no content', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n', '', 'none'],
    ['an empty reason', 'HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n', '', 'content-length'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\nhello', 'hello', 'close'],
  ])('%s', (_, text, body, delimiter) => {
    const message = parse(text)
    expect(message.breaches).toEqual([])
    expect({ body: message.body.toString(), delimiter: message.delimiter }).toEqual({ body, delimiter })
    expect([message.excess.length, message.truncated]).toEqual([0, undefined])
  })

  test('interim responses stand apart', () => {
    const text = 'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'
    expect(parse(text)).toMatchObject({
      status: 200,
      informational: [{ status: 103, headers: [['Link', '</x>']] }],
      breaches: [],
    })
  })

  test('a message is whole when nothing more is due', () => {
    const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
    expect(isWholeMessage(Buffer.from(whole), 'GET')).toBe(true)
    expect(isWholeMessage(Buffer.from(whole.slice(0, -1)), 'GET')).toBe(false)
    expect(isWholeMessage(Buffer.from('HTTP/1.1 200 OK\r\n\r\nhello'), 'GET')).toBe(false)
    expect(isWholeMessage(Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), 'GET')).toBe(false)
  })
})

describe('messages that are wrong', () => {
  test.each([
    ['6.2', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['6.3', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc'],
    ['6.3', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n'],
    ['7.1', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nten\r\n'],
    ['7.1', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n'],
    ['5.1', 'HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 0\r\n\r\n'],
    ['5.2', 'HTTP/1.1 200 OK\r\nX: 1\r\n\t2\r\nContent-Length: 0\r\n\r\n'],
    ['5', 'HTTP/1.1 200 OK\r\nX: \x00\r\nContent-Length: 0\r\n\r\n'],
    ['4', 'ICY 200 OK\r\nContent-Length: 0\r\n\r\n'],
    [
      '6.1',
      'HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
    ],
  ])('section %s: %j', (section, text) => {
    expect(breaches(text)).toContain(section)
  })

  test.each([
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello'],
    ['chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
    ['a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello'],
  ])('%s that is cut is said to be', (_, text) => {
    expect(parse(text).truncated).toBe('closed')
  })

  test('what follows the body is kept', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello').excess.toString()).toBe('llo')
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'HEAD').excess.toString()).toBe('hello')
  })

  test('a folded line is part of the value before it', () => {
    const { headers } = parse('HTTP/1.1 200 OK\r\nX: 1\r\n\t2: 3 \r\n 4\r\nContent-Length: 0\r\n\r\n')
    expect(headers).toEqual([
      ['X', '1 2: 3 4'],
      ['Content-Length', '0'],
    ])
  })

  test('of thousands of breaches the first of each section are kept', () => {
    const head = `HTTP/1.1 200 OK\r\nX: 1\r\n${' folded\r\n'.repeat(5_000)}${'none\r\n'.repeat(5_000)}Y : 1\r\n`
    const interim = 'HTTP/1.1 103 Early Hints\r\nContent-Length: 0\r\n\r\n'.repeat(1_000)
    const found = breaches(`${interim}${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\n`)
    expect([...new Set(found)]).toEqual(['6.1', '5.2', '5', '5.1', '6.3'])
    expect(found.length).toBeLessThanOrEqual(25)
  })

  test('nothing makes it throw', () => {
    for (const text of [
      '',
      '\r\n',
      '\0'.repeat(100),
      'HTTP/1.1',
      'HTTP/1.1 200 OK',
      'HTTP/1.1 100 x\r\n\r\n'.repeat(50),
    ])
      expect(parse(text).status).toBeTypeOf('number')
  })
})

import { describe, expect, it } from 'vitest'
import { Redactor } from './redactor.ts'

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJtZW1iZXIifQ.c2lnbmF0dXJlLW9mLXRoZS1tZW1iZXI'
const opaque = 'a+b/c=d"é:0123456789?>~'
const redactor = new Redactor()
redactor.learn(token, 'MEMBER_TOKEN')
redactor.learn(opaque, 'OUTSIDER_TOKEN')

const encodings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'percent-encoded': encodeURIComponent,
  'percent-encoded in small letters': (text) =>
    encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'in JSON': (text) => JSON.stringify(text),
  'in JSON with escaped solidi': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'in hexadecimal digits': (text) => Buffer.from(text).toString('hex'),
  'in base64': (text) => Buffer.from(text).toString('base64'),
  'in base64url': (text) => Buffer.from(text).toString('base64url'),
  'in percent-encoded base64': (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
}

describe.each(Object.entries(encodings))('a secret %s', (_, encode) => {
  it.each([
    ['the member', token, '$MEMBER_TOKEN'],
    ['the outsider', opaque, '$OUTSIDER_TOKEN'],
  ])('of %s is replaced by its name, whatever stands around it', (_, secret, name) => {
    for (const before of ['', 'x', 'xy', 'Bearer ', 'Basic '])
      for (const after of ['', '!', '!!', '!!!']) {
        const clean = redactor.text(encode(`${before}${secret}${after}`))
        expect(clean).toContain(name)
        const alike = encode(`${before}${'0'.repeat(secret.length)}${after}`)
        expect(clean.length).toBeLessThanOrEqual(alike.length - secret.length + name.length + 8)
      }
  })
})

describe('text', () => {
  it('loses each segment of a JWT', () => {
    expect(redactor.text(`it ends in ${token.split('.')[2]}`)).toBe('it ends in $MEMBER_TOKEN…')
  })

  it('without a secret stays as it is', () => {
    expect(redactor.text('401 for ws_1, an e-mail and 0123456789')).toBe(
      '401 for ws_1, an e-mail and 0123456789',
    )
  })

  it('loses the private members of a JWK, and keeps what tokens say of the key', () => {
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      alg: 'ES256',
      kid: 'key-of-the-issuer-1',
      x: 'public-x-'.repeat(5),
    }
    const secret = { ...jwk, d: 'private-d-of-the-key-43-characters-long-in-it' }
    const redactor = new Redactor()
    redactor.learn(JSON.stringify(secret), 'KEY')
    expect(redactor.text(JSON.stringify(secret))).toBe(JSON.stringify({ ...jwk, d: '$KEY' }))
    expect(redactor.text(Buffer.from(JSON.stringify(secret)).toString('base64'))).toContain('$KEY')
    const header = Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: jwk.alg, kid: jwk.kid })).toString(
      'base64url',
    )
    expect(redactor.text(header)).toBe(header)
  })

  it('loses every secret that begins alike', () => {
    const both = new Redactor()
    both.learn('secret-of-a-member', 'SHORT')
    both.learn('secret-of-a-member-and-more', 'LONG')
    expect(both.text('secret-of-a-member-and-more, secret-of-a-member')).toBe('$LONG, $SHORT')
  })
})

describe('a secret written as prose', () => {
  const secret =
    'the signature of a token is verified with a shared secret of the deployment, 32 bytes and more'
  const prose = new Redactor()
  prose.learn(secret, 'KEY')
  const half = secret.slice(0, 47)

  it.each([
    'a request with a token signed with the published key as a shared secret is answered 200',
    'the signature is verified, but not every claim',
    'the clock of the deployment, and more',
    'the signature of a token is missing',
  ])('garbles no message of ours: %s', (message) => {
    expect(prose.text(message)).toBe(message)
  })

  it.each([
    ['whole', secret, '$KEY'],
    ['whole, in capitals and with other blanks', secret.toUpperCase().replaceAll(' ', '_'), '$KEY'],
    ['half', half, '$KEY…'],
    ['reversed, in part', [...secret].reverse().join('').slice(20, 50), '$KEY…'],
    ['in base64, in part', Buffer.from(secret).toString('base64').slice(8, 40), '$KEY…'],
    ['in hexadecimal digits, in part', Buffer.from(secret).toString('hex').slice(20, 60), '$KEY…'],
  ])('is replaced %s', (_, written, name) => {
    expect(prose.text(`it says "${written}" there`)).toBe(`it says "${name}" there`)
  })

  it.each([
    'correct-horse-battery-staple-and-more',
    'Zm9v YmFy MTIz NDU2 Nzg5 YWJj',
    'one word, then x7!kQ9z$Lm2#pV8',
  ])('is not %s, of which 16 characters are replaced', (random) => {
    const redactor = new Redactor()
    redactor.learn(random, 'KEY')
    expect(redactor.text(`it says "${random.slice(-16)}"`)).toBe('it says "$KEY…"')
  })
})

describe('bytes', () => {
  it('keep their length, and lose what is secret', () => {
    const bytes = Buffer.from([0xff, ...Buffer.from(`${token} ${opaque}`), 0x00])
    const clean = redactor.bytes(bytes)
    expect(clean.toString('latin1')).toBe(
      `\xff${'x'.repeat(token.length)} ${'x'.repeat(Buffer.byteLength(opaque))}\0`,
    )
  })

  it('are cleaned once, and again when a secret was learned meanwhile', () => {
    const redactor = new Redactor()
    redactor.learn(token, 'MEMBER_TOKEN')
    const bytes = Buffer.from(`${token} a-secret-of-a-gateway`)
    const first = redactor.bytes(bytes)
    expect(redactor.bytes(bytes)).toBe(first)
    redactor.learn('a-secret-of-a-gateway', 'KEY')
    expect(redactor.bytes(bytes).toString()).toMatch(/^x+ x+$/)
  })
})

it('text that is cut holds no part of a secret that stands across the end', () => {
  const redactor = new Redactor()
  redactor.learn('a-secret-of-a-gateway', 'KEY')
  for (let before = 0; before < 60; before++) {
    const cut = redactor.bounded(`${'.'.repeat(before)}a-secret-of-a-gateway${'.'.repeat(100)}`, 50)
    expect(cut).toMatch(/^\.*(\$KEY\.*)?… \(\d+ more characters\)$/)
  }
  expect(redactor.bounded('a-secret-of-a-gateway.', 50)).toBe('$KEY.')
})

describe('text of bytes', () => {
  it('is as the text is, cut where it is cut, and read again once more is known', () => {
    const own = new Redactor()
    own.learn(token, 'MEMBER_TOKEN')
    const bytes = Buffer.from(`ü ${token} ${opaque} ${'ü'.repeat(50)}`)
    expect(own.utf8(bytes, 1000)).toMatchObject({ text: own.text(bytes.toString('utf8')), isCut: false })
    expect(own.utf8(bytes, 4)).toMatchObject({ text: 'ü $MEMBER_TOKEN', isCut: true })
    expect(own.utf8(bytes, 1000).text).toContain(opaque)
    own.learn(opaque, 'OUTSIDER_TOKEN')
    expect(own.utf8(bytes, 1000).text).toBe(`ü $MEMBER_TOKEN $OUTSIDER_TOKEN ${'ü'.repeat(50)}`)
  })
})

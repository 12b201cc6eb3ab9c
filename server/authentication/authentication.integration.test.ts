import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { base64url, type JWTHeaderParameters, SignJWT } from 'jose'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { createLog } from '../log.ts'
import { generateSigningKey, type SigningKey } from './signing-key.ts'
import { ownAudience, ownIssuer, tokenDefects } from './tokens.ts'

const path = '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf'
const plain = 'Bearer realm="Altostrat Workspaces API"'
const invalid = `${plain}, error="invalid_token"`

let app: App
let key: SigningKey
let good: string

beforeAll(async () => {
  key = await generateSigningKey()
  app = await createApp({ signingKey: key, log: createLog('silent') })
  good = await app.tokenFor('owner')
})

const get = (authorization: string | string[]) =>
  request(app.app)
    .get(path)
    .set('Authorization', authorization as string)

async function expectChallenge(response: request.Test, challenge: string) {
  const { status, headers } = await response
  expect({ status, challenge: headers['www-authenticate'] }).toEqual({ status: 401, challenge })
}

/** A token that is right but for what is given, signed by whom is given. */
function mint(header: object, claims: object = {}, signer: SigningKey = key) {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iss: ownIssuer, aud: ownAudience, sub: subject(), exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, ...header } as JWTHeaderParameters)
    .sign(signer.privateJwk, { crit: { exp2: true } })
}
const subject = () => app.personas()[0]?.sub ?? ''

/** The good token with another header and, unless given, its own signature. */
function withHeader(header: object, signature = good.split('.')[2]) {
  return [base64url.encode(JSON.stringify(header)), good.split('.')[1], signature].join('.')
}

test.each(['Bearer', 'bearer', 'BEARER', 'Bearer '])('the scheme %j carries the token', async (scheme) => {
  expect((await get(`${scheme} ${good}`)).status).toBe(200)
})

test('what `mint` makes is accepted unless something is made wrong', async () => {
  expect((await get(`Bearer ${await mint({})}`)).status).toBe(200)
  expect((await get(`Bearer ${await mint({}, { aud: ['other', ownAudience] })}`)).status).toBe(200)
})

describe('a request without a token gets the plain challenge', () => {
  test('no Authorization field', () => expectChallenge(request(app.app).get(path), plain))
  test.each(['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Digest x', 'Negotiate'])('%j', (field) =>
    expectChallenge(get(field), plain),
  )
  test.each(['Basic', 'Token', 'JWT'])('the token under the scheme %s', (scheme) =>
    expectChallenge(get(`${scheme} ${good}`), plain),
  )
  test('the token without a scheme', () => expectChallenge(get(good), plain))
  test('the token as query parameter', () =>
    expectChallenge(request(app.app).get(path).query({ access_token: good, token: good }), plain))
  test('the token as cookie', () =>
    expectChallenge(request(app.app).get(path).set('Cookie', `access_token=${good}; token=${good}`), plain))
  test.each(['X-Access-Token', 'X-Authorization', 'Proxy-Authorization', 'X-Forwarded-Authorization'])(
    'the token in %s',
    (field) => expectChallenge(request(app.app).get(path).set(field, `Bearer ${good}`), plain),
  )
})

describe('a token that is wrong is named as the reason', () => {
  test.each(tokenDefects)('%s', async (defect) =>
    expectChallenge(get(`Bearer ${await app.tokenFor('owner', { defect })}`), invalid),
  )
  test.each(['x', 'a.b', 'a.b.c', '..', 'eyJhbGciOiJFUzI1NiJ9..', 'ä'])('garbage: %j', (token) =>
    expectChallenge(get(`Bearer ${Buffer.from(token).toString('latin1')}`), invalid),
  )
  test('one of 8 KB', () => expectChallenge(get(`Bearer ${'a'.repeat(8192)}`), invalid))

  test.each(['none', 'None', 'NONE', 'nOnE'])(
    'alg %s, with a signature, without, without the last dot',
    async (alg) => {
      await expectChallenge(get(`Bearer ${withHeader({ alg })}`), invalid)
      await expectChallenge(get(`Bearer ${withHeader({ alg }, '')}`), invalid)
      await expectChallenge(get(`Bearer ${withHeader({ alg }, '').replace(/\.$/, '')}`), invalid)
    },
  )
  test.each(['HS256', 'RS256', 'ES384', 'es256', 7, null])('alg %j over our signature', (alg) =>
    expectChallenge(get(`Bearer ${withHeader({ alg, typ: 'at+jwt', kid: key.kid })}`), invalid),
  )
  test('no signature, half a signature, the signature of other claims', async () => {
    const [header, claims, signature = ''] = good.split('.')
    const others = (await app.tokenFor('outsider')).split('.')[1]
    await expectChallenge(get(`Bearer ${header}.${claims}.`), invalid)
    await expectChallenge(get(`Bearer ${header}.${claims}.${signature.slice(0, 20)}`), invalid)
    await expectChallenge(get(`Bearer ${header}.${others}.${signature}`), invalid)
  })

  test.each([
    ['unknown critical header', { crit: ['exp2'], exp2: 1 }, {}],
    ['ID token type', { typ: 'JWT' }, {}],
    ['no type', { typ: undefined }, {}],
    ['unknown kid', { kid: 'other' }, {}],
    ['path as kid', { kid: '../../../../dev/null' }, {}],
    ['SQL as kid', { kid: "' UNION SELECT 'key" }, {}],
    ['empty audience list', {}, { aud: [] }],
    ['no audience', {}, { aud: undefined }],
    ['no issuer', {}, { iss: undefined }],
    ['no expiry', {}, { exp: undefined }],
    ['expiry that is no number', {}, { exp: '9999999999' }],
    ['empty subject', {}, { sub: '' }],
    ['subject that is no string', {}, { sub: 7 }],
  ])('%s', async (_title, header, claims) => {
    await expectChallenge(get(`Bearer ${await mint(header, claims)}`), invalid)
  })

  test('a key that the token brings along or points at, which is never fetched', async () => {
    const foreign = await generateSigningKey()
    let fetched = 0
    const trap = createServer((_request, response) => {
      fetched += 1
      response.end(JSON.stringify({ keys: [foreign.publicJwk] }))
    }).listen(0, '127.0.0.1')
    await once(trap, 'listening')
    const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/keys.json`
    for (const header of [
      { jwk: foreign.publicJwk, kid: foreign.kid },
      { jwk: foreign.publicJwk },
      { jku: url, kid: foreign.kid },
      { x5u: url },
      { kid: url },
    ]) {
      await expectChallenge(get(`Bearer ${await mint(header, {}, foreign)}`), invalid)
    }
    trap.close()
    expect(fetched).toBe(0)
  })

  test('one of two: several fields, or two tokens in one', async () => {
    await expectChallenge(get([`Bearer ${good}`, `Bearer ${good}`]), invalid)
    await expectChallenge(get([`Basic dXNlcjpwYXNz`, `Bearer ${good}`]), invalid)
    await expectChallenge(get(`Bearer ${good}, Bearer ${good}`), invalid)
    await expectChallenge(get(`Bearer ${good} ${good}`), invalid)
  })
})

test('a token ends with the second that it names', async () => {
  let now = new Date('2026-01-01T00:00:00Z')
  const later = await createApp({ signingKey: key, log: createLog('silent'), clock: () => now })
  const token = await later.tokenFor('owner', { expiresIn: 10 })
  const status = async () =>
    (await request(later.app).get(path).set('Authorization', `Bearer ${token}`)).status
  now = new Date('2026-01-01T00:00:09Z')
  expect(await status()).toBe(200)
  now = new Date('2026-01-01T00:00:10Z')
  expect(await status()).toBe(401)
})

describe('without a valid token, everything is answered alike', () => {
  const requests: [string, (to: request.Agent) => request.Test][] = [
    ['HEAD', (to) => to.head(path)],
    ['POST', (to) => to.post(path)],
    ['OPTIONS', (to) => to.options(path)],
    ['a range', (to) => to.get(path).set('Range', 'bytes=0-9')],
    ['a condition that holds', (to) => to.get(path).set('If-None-Match', '*')],
    ['a condition that fails', (to) => to.get(path).set('If-Match', '"x"')],
    ['an unacceptable type', (to) => to.get(path).set('Accept', 'text/html')],
    ['a preference', (to) => to.get(path).set('Prefer', 'code=404')],
    ['a path rewrite', (to) => to.get('/').set('X-Original-URL', path).set('X-Rewrite-URL', path)],
  ]
  test.each(requests)('%s', async (_title, send) => {
    await expectChallenge(send(request(app.app)), plain)
    await expectChallenge(send(request(app.app)).set('Authorization', 'Bearer x'), invalid)
  })
})

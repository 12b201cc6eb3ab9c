import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { unsigned, withBrokenSignature, withSwappedPayload } from '../catalogue/probes/forged-tokens.ts'
import { TokenMinter } from './minting.ts'
import { makeToken, recipeCommand, recipeOf } from './token-recipe.ts'
import { joinToken, splitToken, type TokenParts } from './tokens.ts'

const member: TokenParts = {
  header: { alg: 'ES256', kid: 'one', typ: 'JWT' },
  payload: { sub: 'auth0|1', aud: 'https://api.example', exp: 4e9 },
  signature: 'c2lnbmF0dXJlLW9mLXRoZS1tZW1iZXI',
}
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
const never = () => Promise.reject(new Error('no key is needed'))

const tokenOf = (authorization: string | string[]) => String(authorization).replace('Bearer ', '')

describe('a forged token is made again by its recipe', () => {
  test.each(
    [...unsigned(member), ...withSwappedPayload(member)].map(({ label, authorization }) => [
      label,
      tokenOf(authorization),
    ]),
  )('%s', async (_, token) => {
    const recipe = recipeOf(token, member)
    // Two segments are no JWT: what they are is seen from the label alone.
    if (splitToken(token) === undefined) return expect(recipe).toBeUndefined()
    expect(await makeToken(recipe!, member, never)).toBe(token)
    return undefined
  })

  test('one with a parameter and a claim left out', async () => {
    const { kid: _, ...header } = member.header
    const { aud: __, ...payload } = member.payload
    const token = joinToken({ header: { ...header, crit: null }, payload, signature: 'e30' })
    const recipe = recipeOf(token, member)!
    expect(recipe).toEqual({
      header: { crit: null },
      claims: {},
      without: ['header.kid', 'aud'],
      signature: 'e30',
    })
    expect(splitToken(await makeToken(recipe, member, never))).toEqual(splitToken(token))
  })

  test('but for a signature that gives the right one away, or that somebody made', () => {
    const tokens = withBrokenSignature(member).map(({ authorization }) => tokenOf(authorization))
    // Left is the one without a signature; a fifth one has four segments.
    expect(tokens.map((token) => recipeOf(token, member)?.signature)).toEqual([
      undefined,
      undefined,
      undefined,
      'none',
      undefined,
      undefined,
    ])
    expect(recipeOf('opaque', member)).toBeUndefined()
  })
})

test('a minted token is known by what was asked for', async () => {
  const minter = await TokenMinter.open('ES256', key, member)
  const token = await minter.sign({ exp: 1, aud: undefined }, { crit: ['x'], x: "it's" })
  const recipe = minter.recipeOf(token)!
  const again = await makeToken(recipe, member, (claims, header) => minter.sign(claims, header))
  const { iat: _, ...claims } = splitToken(again)!.payload
  const { iat: __, ...first } = splitToken(token)!.payload
  expect([splitToken(again)!.header, claims]).toEqual([splitToken(token)!.header, first])
  expect(recipeCommand(recipe, 'my profile.yaml')).toBe(
    `altostrat-contract token member --profile 'my profile.yaml' --header '{"crit":["x"],"x":"it'\\''s"}' --claims '{"exp":1}' --without aud`,
  )
})

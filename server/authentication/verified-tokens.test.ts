import { expect, test } from 'vitest'
import { generateSigningKey } from './signing-key.ts'
import { createTokenIssuer } from './tokens.ts'
import { VerifiedTokens } from './verified-tokens.ts'
import { createVerifier } from './verifier.ts'

test('a token that has been accepted is refused as soon as it has expired, and before it is valid', async () => {
  const key = await generateSigningKey()
  let now = 1_800_000_000
  const clock = () => new Date(now * 1000)
  const verify = createVerifier(key, clock)
  const token = await createTokenIssuer(key, clock)('someone', { expiresIn: 60 })
  for (const [moment, isAccepted] of [
    [0, true],
    [59, true],
    [60, false],
    [-1, false],
    [30, true],
  ] as const) {
    now = 1_800_000_000 + moment
    const outcome = await verify(token).catch(({ code }) => code)
    expect(outcome).toEqual(isAccepted ? { subject: 'someone' } : 'unauthorized')
  }
})

test('a token that differs in its signature alone is not taken for one that has been accepted', async () => {
  const key = await generateSigningKey()
  const clock = () => new Date(1_800_000_000_000)
  const verify = createVerifier(key, clock)
  const token = await createTokenIssuer(key, clock)('someone')
  await verify(token)
  const other = token.slice(0, -10) + token.slice(-10).split('').reverse().join('')
  await expect(verify(other)).rejects.toMatchObject({ code: 'unauthorized' })
})

test('no more are kept than the limit', () => {
  const tokens = new VerifiedTokens(2)
  for (const name of ['a', 'b', 'c']) tokens.add(name, { sub: name, exp: 10 })
  expect(['a', 'b', 'c'].map((name) => tokens.get(name, new Date(0))?.sub)).toEqual([undefined, 'b', 'c'])
})

import { expect, test } from 'vitest'
import { challengesIn } from './challenges.ts'

const read = (...values: string[]) =>
  challengesIn({ headers: values.map((value) => ['WWW-Authenticate', value]) })
const plain = (scheme: string, parameters = {}) => ({ scheme, parameters })

test.each([
  [['Bearer'], [plain('bearer')]],
  [
    ['Bearer realm="a, b", error="invalid_token"'],
    [plain('bearer', { realm: 'a, b', error: 'invalid_token' })],
  ],
  [['Basic realm="x", Bearer'], [plain('basic', { realm: 'x' }), plain('bearer')]],
  [['Negotiate abc==, Bearer error=x'], [plain('negotiate'), plain('bearer', { error: 'x' })]],
  [
    ['Bearer realm="say \\"hi\\""', 'DPoP algs="ES256"'],
    [plain('bearer', { realm: 'say "hi"' }), plain('dpop', { algs: 'ES256' })],
  ],
  [[', Bearer ,'], [plain('bearer')]],
  [['Bearer  realm="x" , error="y",DPoP'], [plain('bearer', { realm: 'x', error: 'y' }), plain('dpop')]],
  [[], []],
])('%j', (values, challenges) => {
  expect(read(...values)).toEqual(challenges)
})

test.each([
  '"Bearer"',
  'realm="x"',
  'Bearer realm="x',
  'Bearer realm=@',
  'Bearer realm=the workspaces api',
  'Bearer error=invalid_token error_description="expired"',
  'Bearer Basic realm="x"',
])('%j is no list of challenges', (value) => {
  expect(read(value)).toBeUndefined()
})

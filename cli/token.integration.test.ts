import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenDefects, tokenDefectTable } from '../server/authentication/tokens.ts'
import { atFullSize, sample } from '../vitest.sampling.ts'
import { token as command } from './token.ts'

const executable = fileURLToPath(new URL('../bin/altostrat-contract.js', import.meta.url))
let state: string

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'token-'))
})
afterAll(() => rm(state, { recursive: true }))

function token(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, XDG_STATE_HOME: state }
  return new Promise((resolve) => {
    execFile(process.execPath, [executable, 'token', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })
}

test('standard output is the token and nothing else', async () => {
  const { code, stdout } = await token('owner', '--expires-in', '90')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/)
  const { exp = 0, iat = 0, sub } = decodeJwt(stdout.trim())
  expect({ lifetime: exp - iat, sub }).toEqual({ lifetime: 90, sub: expect.stringMatching(/^auth0\|/) })
})

atFullSize(
  'each flag makes one thing wrong',
  async () => {
    const now = Date.now() / 1000
    const claims = async (flag: string) => decodeJwt((await token('owner', flag)).stdout.trim())
    expect((await claims('--expired')).exp).toBeLessThan(now)
    expect((await claims('--not-yet-valid')).nbf).toBeGreaterThan(now)
    expect(await claims('--without-subject')).not.toHaveProperty('sub')
    const right = await claims('--expires-in=60')
    expect((await claims('--wrong-audience')).aud).not.toBe(right.aud)
    expect((await claims('--wrong-issuer')).iss).not.toBe(right.iss)
    const unsigned = (await token('owner', '--alg', 'none')).stdout.trim()
    expect(decodeProtectedHeader(unsigned).alg).toBe('none')
    expect(unsigned).toMatch(/\.$/)
  },
  60_000,
)

test('every defect of a token is an option, with its description', () => {
  const help = command.helpInformation().replace(/\s+/g, ' ')
  for (const name of tokenDefects) {
    const { alg, description } = tokenDefectTable[name]
    expect(help).toContain(alg ? `"${alg}"` : `--${name}`)
    expect(help).toContain(description)
  }
})

test('no other source file lists the defects of tokens', () => {
  const sources = globSync('{cli,server,conformance,gate}/**/*.{ts,js,html}', {
    exclude: (path) => /\.test\.ts$/.test(path),
  })
  const listing = sources.filter((file) => {
    const source = readFileSync(file, 'utf8')
    return tokenDefects.filter((name) => source.includes(`'${name}'`)).length > 2
  })
  expect(listing).toEqual(['server/authentication/tokens.ts'])
})

test.each(
  sample(5, [
    [['unknown'], 'no such persona; there are owner'],
    [[], 'persona'],
    [['owner', '--expired', '--wrong-issuer'], 'one way at a time'],
    [['owner', '--alg', 'RS256'], '--alg'],
    [['owner', '--expires-in', 'soon'], '--expires-in'],
  ]),
)('%j is refused with a reason and exit code 2', async (args, reason) => {
  const { code, stdout, stderr } = await token(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(reason)
})

test("with --profile, a variant of a deployment's member token is made", async () => {
  const segments = [{ alg: 'HS256' }, { sub: 'one', aud: 'api' }].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  const profile = join(state, 'profile.json')
  const member = { token: { value: `${segments.join('.')}.c2lnbmF0dXJl` } }
  const minting = { alg: 'HS256', key: { value: 'a-key-of-at-least-thirty-two-bytes' } }
  await writeFile(profile, JSON.stringify({ actors: { member }, minting, workspace: { id: 'ws_1' } }))
  const made = await token('member', '--profile', profile, '--claims', '{"exp":1}', '--without', 'aud')
  expect(decodeJwt(made.stdout.trim())).toMatchObject({ sub: 'one', exp: 1 })
  expect(decodeJwt(made.stdout.trim()).aud).toBeUndefined()
  const unsigned = await token(
    'member',
    '--profile',
    profile,
    '--header',
    '{"alg":"none"}',
    '--signature',
    'none',
  )
  expect(unsigned.stdout).toMatch(/\.\n$/)
  expect((await token('outsider', '--profile', profile)).code).toBe(2)
})

import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import { atFullSize, sample } from '../vitest.sampling.ts'

const bin = fileURLToPath(new URL('../bin/altostrat-contract.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const profile = join(folder, 'profile.yaml')
writeFileSync(
  profile,
  'actors: { member: { token: { env: MEMBER } } }\nworkspace: { id: ws_a1b2c3d4e5f6g7h8 }\nlimits: { rate: 500 }\n',
)

function run(args: string[], token = inject('tokens').owner) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { ...process.env, MEMBER: token, NO_COLOR: '1' }
    execFile(process.execPath, [bin, ...args], { env, cwd: folder, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}
const verify = (...args: string[]) => run(['verify', inject('baseUrl'), '--profile', profile, ...args])

describe('exit codes', () => {
  atFullSize('0: our own server conforms, with the essential profile, at every level', async () => {
    const { code, out } = await verify(
      '--fail-on',
      'advice',
      '--reporter',
      'pretty',
      '--reporter',
      'json=r.json',
      '--reporter',
      'junit=r.xml',
    )
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/\bconforming {2}/i) })
    const report = JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8'))
    expect(report).toMatchObject({ verdict: 'conforming', summary: { failed: 0, cantTell: 0 } })
    expect(readFileSync(join(folder, 'r.xml'), 'utf8')).toMatch(
      /^<\?xml .*<testsuites .*failures="0" errors="0"/s,
    )
  })

  test.each(
    sample(6, [
      ['2: a check that does not exist', ['--only', 'AUTH-999'], /AUTH-999: there is no such check or area/],
      ['2: an area that does not exist', ['--skip', 'NOPE'], /NOPE: there is no such check or area/],
      ['2: an option that does not exist', ['--nope'], /unknown option '--nope'/],
      ['2: a reporter that does not exist', ['--reporter', 'tap'], /pretty, json, junit/],
      ['2: a baseline that does not exist', ['--baseline', 'nowhere.json'], /nowhere\.json/],
      ['2: a header that is none', ['--header', 'nonsense'], /header field/],
    ]),
  )('%s', async (_, args, message) => {
    const { code, err } = await verify(...args)
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) })
  })

  atFullSize('2: no profile, or a broken one', async () => {
    expect(await run(['verify', inject('baseUrl')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--profile FILE'),
    })
    const broken = join(folder, 'broken.yaml')
    writeFileSync(broken, 'actors: {}\n')
    const { code, err } = await run(['verify', inject('baseUrl'), '--profile', broken])
    expect(code).toBe(2)
    expect(err).toContain(`${broken}: actors.member is missing`)
    writeFileSync(broken, '\u001b[31m: {\u0000')
    const hostile = await run(['verify', inject('baseUrl'), '--profile', broken])
    expect(hostile).toMatchObject({ code: 2, err: expect.stringContaining(broken) })
    expect(hostile.err).not.toMatch(/[\0-\x08\x0b-\x1f]/)
  })

  test.each(
    sample(3, [
      ['nobody listens', 'http://127.0.0.1:1', undefined, /nobody listens there/],
      ['the token has expired', undefined, 'expired', /token is refused \(401\); it expired at /],
      ['the token is missing', undefined, '', /MEMBER is not set/],
    ]),
  )('3: %s', async (_, url, token, message) => {
    const given = token === 'expired' ? inject('tokens').expired : (token ?? inject('tokens').owner)
    const { code, out } = await run(['verify', url ?? inject('baseUrl'), '--profile', profile], given)
    expect({ code, out }).toEqual({ code: 3, out: expect.stringMatching(message) })
  })
})

atFullSize('--only narrows, --skip leaves a reason', async () => {
  const { out } = await verify('--only', 'CONTRACT', '--skip', 'CONTRACT-002', '--reporter', 'json')
  const { checks } = JSON.parse(out) as { checks: { id: string; outcome: string; reason: string }[] }
  expect(checks.every(({ id }) => id.startsWith('CONTRACT-'))).toBe(true)
  expect(checks.find(({ id }) => id === 'CONTRACT-002')).toMatchObject({
    outcome: 'skipped',
    reason: 'left out by --skip CONTRACT-002',
  })
})

test('a baseline is written and read; evidence holds no token', async () => {
  const token = inject('tokens').owner
  const { code } = await verify(
    '--only',
    'AUTH',
    '--only',
    'PDF-001',
    '--baseline',
    'known.json',
    '--update-baseline',
    '--evidence',
    'evidence',
  )
  expect(code).toBe(0)
  expect(JSON.parse(readFileSync(join(folder, 'known.json'), 'utf8'))).toEqual([])
  const files = readdirSync(join(folder, 'evidence'), { recursive: true, withFileTypes: true }).filter(
    (file) => file.isFile(),
  )
  expect(files.length).toBeGreaterThan(5)
  for (const { parentPath, name } of files) {
    const text = readFileSync(join(parentPath, name), 'latin1')
    for (const segment of token.split('.').slice(1)) expect(text).not.toContain(segment)
  }
})

test('checks prints the catalogue, for people and machines', async () => {
  const [plain, json] = await Promise.all([run(['checks']), run(['checks', '--json'])])
  expect(plain.out).toContain('AUTH-001')
  expect((JSON.parse(json.out) as { id: string }[]).map(({ id }) => id)).toContain('AUTH-001')
})

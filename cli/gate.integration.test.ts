import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { contractFile } from '../spec/contract-document.ts'
import { atFullSize, sample } from '../vitest.sampling.ts'

const executable = fileURLToPath(new URL('../bin/altostrat-contract.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'gate-'))
const ours = readFileSync(contractFile, 'utf8')

const fetched: (string | undefined)[] = []
const network = createServer((request, response) => {
  fetched.push(request.url)
  response.end('no PDF')
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((done) => network.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(network.address() as AddressInfo).port}/openapi.yaml`
})
afterAll(() => {
  network.close()
  rmSync(folder, { recursive: true })
})

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [executable, 'gate', ...args], { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    )
  })
}

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

const profile = () =>
  written(
    'profile.json',
    JSON.stringify({
      actors: { member: { token: { value: inject('tokens').owner } } },
      workspace: { id: 'ws_a1b2c3d4e5f6g7h8' },
      limits: { rate: 1000 },
    }),
  )

describe('the command', () => {
  test('says one line a part and one verdict, and exits by it', async () => {
    const { code, stdout, stderr } = await run('--reporter', 'pretty', '--reporter', 'json=report.json')
    const { verdict, parts, summary } = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    expect(stderr).toBe('')
    expect(parts.map(({ name, outcome }: { name: string; outcome: string }) => [name, outcome])).toEqual([
      ['contract', 'passed'],
      ['compatibility', 'skipped'],
      ['coverage', expect.stringMatching(/^(passed|failed)$/)],
      ['deployment', 'skipped'],
    ])
    expect(code).toBe({ conforming: 0, nonconforming: 1 }[verdict as string])
    const lines = stdout.trimEnd().split('\n')
    expect(lines.slice(-5, -1).map((line) => line.split(/ +/)[1])).toEqual(
      parts.map(({ name }: { name: string }) => name),
    )
    expect(lines.at(-1)).toContain(`${summary.ran} checks ran`)
  })

  atFullSize('a break since the base exits 1 and names its line', async () => {
    const base = written(
      'base.yaml',
      ours.replace(
        '  /workspaces:\n',
        '  /gone:\n    get:\n      operationId: gone\n      responses:\n        "200":\n          description: Was here.\n  /workspaces:\n',
      ),
    )
    const { code, stdout } = await run('--base', base, '--parts', 'compatibility')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ compatibility +1 change since base\.yaml: 1 breaking/)
    expect(stdout).toMatch(/openapi\.yaml:\d+: breaking: .*GET \/gone/)
  })

  atFullSize('where the contract comes from git, the base is what stood at the same path', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
    const commit = (text: string, tag: string) => {
      written('api.yaml', text)
      git('add', 'api.yaml')
      git('commit', '-qm', tag)
      git('tag', tag)
    }
    git('init', '-q')
    commit(ours, 'old')
    commit(ours.replace('application/pdf:', 'application/zip:'), 'new')
    const { code, stdout } = await run('--spec', 'git:new:api.yaml', '--base', 'git:old')
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /git:new:api\.yaml:\d+: breaking: .* sends application\/zip with 200, before application\/pdf/,
    )
  })

  atFullSize(
    'a deployment that does not do what it documents exits 1; one that is not there could not tell',
    async () => {
      const wrong = await run(
        '--target',
        `http://${new URL(url).host}`,
        '--profile',
        profile(),
        '--reporter',
        'json',
      )
      expect(JSON.parse(wrong.stdout).parts[3].outcome).not.toBe('passed')
      expect(wrong.code).not.toBe(0)
      const absent = await run('--target', 'http://127.0.0.1:9', '--profile', profile(), '--reporter', 'json')
      const report = JSON.parse(absent.stdout)
      expect(report.parts[3].outcome).toBe('cantTell')
      expect(absent.code).toBe({ nonconforming: 1, inconclusive: 3 }[report.verdict as string])
    },
    60_000,
  )

  atFullSize(
    'a deployment is asked with the profile, and the token stands nowhere',
    async () => {
      const { stdout } = await run(
        '--target',
        inject('baseUrl'),
        '--profile',
        profile(),
        '--reporter',
        'json',
      )
      const { parts, target } = JSON.parse(stdout)
      expect([target, parts[3].outcome]).toEqual([inject('baseUrl'), 'passed'])
      expect(stdout).not.toContain(inject('tokens').owner)
    },
    60_000,
  )

  atFullSize(
    '--self asks a reference server of its own, and leaves no check out',
    async () => {
      const { stdout, stderr } = await run('--self', '--fail-on', 'http', '--reporter', 'json')
      expect(stderr).toMatch(/^(\d+)\/\1 checks, 0 failed$/m)
      const { parts } = JSON.parse(stdout)
      const outcomes = new Set(parts[3].checks.map(({ outcome }: { outcome: string }) => outcome))
      expect([parts[3].outcome, parts[3].checks.length > 60, outcomes.has('skipped')]).toEqual([
        'passed',
        true,
        false,
      ])
    },
    120_000,
  )
})

const bad: [what: string, args: () => string[], says: RegExp][] = [
  ['broken YAML', () => ['--spec', written('a.yaml', 'openapi: 3.0.3\ninfo: [\n')], /a\.yaml:3: /],
  [
    'a missing reference',
    () => ['--spec', written('b.yaml', ours.replace('responses/NotFound"', 'responses/Nope"'))],
    /b\.yaml:\d+: \$ref to .*Nope: leads nowhere/,
  ],
  [
    'a reference to itself',
    () => [
      '--spec',
      written(
        'c.yaml',
        ours.replace('  schemas:\n', '  schemas:\n    Me:\n      $ref: "#/components/schemas/Me"\n'),
      ),
    ],
    /c\.yaml:\d+: .*leads back to itself/,
  ],
  [
    'OpenAPI 4',
    () => ['--spec', written('d.yaml', ours.replace('openapi: 3.0.3', 'openapi: 4.0.0'))],
    /d\.yaml:1: OpenAPI 4\.0\.0, expected 3\.0\.x or 3\.1\.x/,
  ],
  ['Swagger 2.0', () => ['--spec', written('e.yaml', 'swagger: "2.0"\n')], /e\.yaml:1: Swagger 2\.0/],
  [
    'what OpenAPI forbids',
    () => ['--spec', written('f.yaml', ours.replace('description: The PDF document.', 'descripton: x'))],
    /f\.yaml:\d+: .*responses\/200 .*description/,
  ],
  ['a URL as contract', () => ['--spec', url], /a URL; nothing is fetched/],
  ['a URL as base', () => ['--base', url], /a URL; nothing is fetched/],
  ['an empty base', () => ['--base', ''], /--base is given, but empty/],
  ['an empty profile', () => ['--profile='], /--profile is given, but empty/],
  ['a base that is not there', () => ['--base', 'git:nope'], /git:nope: /],
  ['a target without a profile', () => ['--target', url], /--profile/],
  ['two deployments', () => ['--self', '--target', url], /--self/],
  ['accepted breaks of nothing', () => ['--accept', 'x.yaml'], /--base/],
  ['lint rules that are not there', () => ['--lint', 'none.yaml'], /none\.yaml/],
  ['an unknown format', () => ['--reporter', 'xml'], /pretty, json/],
]

test('what cannot start exits 2 and says file, line and reason; nothing is fetched', async () => {
  const chosen = sample(17, bad)
  const outcomes = []
  for (const [what, args, says] of chosen) {
    const { code, stderr } = await run(...args())
    outcomes.push({ what, code, says: says.test(stderr) ? true : stderr, trace: /\n {4}at /.test(stderr) })
  }
  expect(outcomes).toEqual(chosen.map(([what]) => ({ what, code: 2, says: true, trace: false })))
  expect(fetched).not.toContain('/openapi.yaml')
}, 120_000)

import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const elsewhere = mkdtempSync(join(tmpdir(), 'package-'))
const command = join(elsewhere, 'node_modules/.bin/altostrat-contract')

// The command is found by its shebang: Node 24 comes first on the PATH, as it does in every npm script.
const env = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  XDG_STATE_HOME: join(elsewhere, 'state'),
}

let mock: ChildProcess
let baseUrl = ''

/** Runs the installed command to its end: exit code and what it printed. */
async function altostratContract(...args: string[]) {
  const result = await run(command, args, { cwd: elsewhere, env }).catch((error) => error)
  return { code: Number(result.code ?? 0), stdout: String(result.stdout), stderr: String(result.stderr) }
}

beforeAll(async () => {
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', elsewhere], {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf('[\n')))
  writeFileSync(join(elsewhere, 'package.json'), '{ "private": true, "type": "module" }')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', join(elsewhere, filename)], {
    cwd: elsewhere,
    env,
    stdio: 'ignore',
  })
  mock = spawn(command, ['mock', '--port', '0', '--log-level', 'warn'], {
    cwd: elsewhere,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: mock.stdout as NodeJS.ReadableStream })) {
    baseUrl = /^listening on (\S+)$/.exec(line)?.[1] ?? ''
    if (baseUrl) break
  }
})

afterAll(async () => {
  if (mock?.exitCode === null) {
    mock.kill('SIGTERM')
    await once(mock, 'exit')
  }
  rmSync(elsewhere, { recursive: true, force: true })
})

async function tokenFor(persona: string): Promise<string> {
  const { code, stdout } = await altostratContract('token', persona)
  expect(code).toBe(0)
  return stdout.trim()
}

test('the installed command names its version', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  expect(await altostratContract('--version')).toMatchObject({ code: 0, stdout: `${version}\n` })
})

test('the installed mock serves a PDF to a token that the installed command prints', async () => {
  const response = await fetch(`${baseUrl}/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf`, {
    headers: { authorization: `Bearer ${await tokenFor('viewer')}` },
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

test('createMock is imported by the name of the package, with its types', async () => {
  writeFileSync(
    join(elsewhere, 'suite.ts'),
    `import { createMock, type Mock, type PersonaName, type ScenarioSetting } from 'altostrat-contract'
const persona: PersonaName = 'viewer'
const setting: ScenarioSetting = { name: 'error', status: 403, calls: 1 }
// @ts-expect-error: no such scenario
const wrong: ScenarioSetting = { name: 'earthquake' }
const mock: Mock = await createMock({ port: 0 })
mock.scenario(setting)
const statuses = []
for (let call = 0; call < 2; call += 1) {
  const headers = { authorization: 'Bearer ' + (await mock.tokenFor(persona)) }
  statuses.push((await fetch(mock.url + '/workspaces/ws_a1b2c3d4e5f6g7h8/organizations/usage.pdf', { headers })).status)
}
console.log(JSON.stringify({ statuses, requests: mock.requests().length }))
await mock.close()
`,
  )
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext']
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  const tsc = join(root, 'node_modules/.bin/tsc')
  await run(tsc, [...options, ...types, 'suite.ts'], { cwd: elsewhere, env }).catch(({ stdout }) => {
    throw new Error(stdout)
  })
  const { stdout } = await run(process.execPath, ['suite.ts'], { cwd: elsewhere, env })
  expect(JSON.parse(stdout)).toEqual({ statuses: [403, 200], requests: 2 })
})

test('the installed suite finds the installed mock conforming, with an essential profile', async () => {
  const profile = join(elsewhere, 'essential.json')
  const member = { token: { value: await tokenFor('owner') } }
  writeFileSync(profile, JSON.stringify({ actors: { member }, workspace: { id: 'ws_a1b2c3d4e5f6g7h8' } }))
  const { code, stdout } = await altostratContract(
    'verify',
    baseUrl,
    '--profile',
    profile,
    '--reporter',
    'json',
  )
  const { verdict, summary } = JSON.parse(stdout)
  expect({ code, verdict, failed: summary.failed, cantTell: summary.cantTell }).toEqual({
    code: 0,
    verdict: 'conforming',
    failed: 0,
    cantTell: 0,
  })
  expect(summary.passed).toBeGreaterThan(40)
})

test('the typed client of the installed package asks the installed mock', async () => {
  const script = `
    import { createWorkspacesClient } from 'altostrat-contract/client'
    const client = createWorkspacesClient({ baseUrl: process.argv[1], token: process.argv[2] })
    const { data } = await client.GET('/workspaces/{workspaceId}/organizations', {
      params: { path: { workspaceId: 'ws_a1b2c3d4e5f6g7h8' } },
    })
    console.log(data.data.length)`
  const args = ['--input-type=module', '-e', script, baseUrl, await tokenFor('viewer')]
  const { stdout } = await run(process.execPath, args, { cwd: elsewhere, env })
  expect(Number(stdout)).toBe(13)
})

test('the installed gate has what it takes, by itself and through the entry file of pipelines', async () => {
  const { stdout } = await altostratContract('gate', '--reporter', 'json')
  const [contract] = JSON.parse(stdout).parts
  expect(contract).toMatchObject({ name: 'contract', outcome: 'passed' })
  const entry = join(elsewhere, 'node_modules/altostrat-contract/.ci/gate')
  const said = await run('bash', [entry], { cwd: elsewhere, env }).catch((error) => error)
  expect(said.stdout).toMatch(/contract gate: \w+, [1-9]\d* checks really ran/)
})

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { atFullSize, sample } from '../vitest.sampling.ts'

const executable = fileURLToPath(new URL('../bin/altostrat-contract.js', import.meta.url))

let directory: string
let children: ChildProcess[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mock-'))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(directory, { recursive: true })
})

function run(...args: string[]) {
  const env = { ...process.env, XDG_STATE_HOME: directory }
  const child = spawn(process.execPath, [executable, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stderr }))
  return { child, ended }
}

/** Reads what the mock prints up to the end of its suggestion: the URL and the command to paste. */
async function greeting(
  stdout: NodeJS.ReadableStream,
): Promise<{ url: string; console: string; command: string }> {
  const lines: string[] = []
  for await (const line of createInterface(stdout)) {
    lines.push(line)
    if (line.includes('Authorization')) break
  }
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(lines[0] ?? '')?.[1] ?? ''
  const console = /http\S+\/_mock\//.exec(lines.join('\n'))?.[0] ?? ''
  return { url, console, command: lines.slice(lines.findIndex((line) => line.includes('curl'))).join('\n') }
}

test.each(sample(2, ['SIGTERM', 'SIGINT'] as const))(
  'what the mock prints works as it is pasted, and %s ends it with 0',
  async (signal) => {
    const { child, ended } = run('mock', '--port', '0')
    const { url, console, command } = await greeting(child.stdout as NodeJS.ReadableStream)
    expect(console).toBe(`${url}/_mock/`)
    expect((await fetch(console)).headers.get('content-type')).toMatch(/^text\/html/)
    await promisify(execFile)('sh', ['-c', command], { cwd: directory })
    const pdf = await readFile(join(directory, 'usage.pdf'), 'latin1')
    expect(pdf).toMatch(/^%PDF-[\s\S]*%%EOF\s*$/)

    const { stdout: token } = await promisify(execFile)(process.execPath, [executable, 'token', 'viewer'], {
      env: { ...process.env, XDG_STATE_HOME: directory },
    })
    const printed = /Bearer [\w-]+\.([\w-]+)/.exec(command)![1]!
    const { iat, exp } = JSON.parse(Buffer.from(printed, 'base64url').toString())
    expect(exp - iat).toBe(15 * 60)
    const address = /http\S+usage\.pdf/.exec(command)![0]
    const headers = { authorization: `Bearer ${token.trim()}` }
    expect((await fetch(address, { headers })).status).toBe(200)

    child.kill(signal)
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).not.toContain(token.trim())
  },
)

test('what cannot start says where and why, with exit code 2', async () => {
  const spec = join(directory, 'openapi.yaml')
  await writeFile(spec, 'openapi: 3.0.3\ninfo: {}\n')
  const all: [args: string[], message: string][] = [
    [['--port', '99999'], '--port'],
    [['--port', 'http'], '--port'],
    [['--delay', '-1'], '--delay'],
    [['--cors', 'localhost:3000'], '--cors'],
    [['--cors', 'http://localhost:3000/app'], '--cors'],
    [['--issuer', 'https://issuer.example'], '--audience'],
    [['--issuer', 'issuer.example', '--audience', 'x'], '--issuer'],
    [
      ['--issuer', 'https://a:secret-part@issuer.example', '--audience', 'x'],
      '--issuer: has a user name or password',
    ],
    [['--proxy', 'https://a:secret-part@staging.example'], '--proxy: has a user name or password'],
    [
      ['--proxy', 'htps://a:secret-part@staging.example/\u001b[31m'],
      "'htps://staging.example/␛[31m' is invalid",
    ],
    [['--spec', spec], `${spec}:`],
    [['--spec', join(directory, 'missing.yaml')], 'missing.yaml: no such file'],
    [['--fixtures', join(directory, 'missing')], join(directory, 'missing')],
    [['--signing-key', spec], `${spec}: no usable ES256 private key`],
    [['--unknown'], '--unknown'],
    [['surplus'], 'too many arguments'],
  ]
  const cases = sample(13, all)
  const outcomes = []
  for (const [args, message] of cases) {
    const { code, stderr } = await run('mock', '--port', '0', ...args).ended
    outcomes.push({
      args,
      code,
      says: stderr.includes(message),
      saysTooMuch: /\n {4}at |secret-part/.test(stderr),
    })
  }
  expect(outcomes).toEqual(cases.map(([args]) => ({ args, code: 2, says: true, saysTooMuch: false })))
}, 120_000)

atFullSize(
  'with --state, what was answered outlives even a killed process',
  async () => {
    const state = join(directory, 'state.json')
    const serve = async () => {
      const { child, ended } = run('mock', '--port', '0', '--state', state)
      const { url, command } = await greeting(child.stdout as NodeJS.ReadableStream)
      const authorization = /Bearer [\w.-]+/.exec(command)![0]
      return { child, ended, url: `${url}/workspaces`, headers: { authorization } }
    }
    const first = await serve()
    const created = await fetch(first.url, {
      method: 'POST',
      headers: { ...first.headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Survivor', billing_mode: 'pooled' }),
    })
    expect(created.status).toBe(201)
    first.child.kill('SIGKILL')
    await first.ended
    const second = await serve()
    const { id } = (await created.json()) as { id: string }
    expect((await fetch(`${second.url}/${id}`, { headers: second.headers })).status).toBe(200)
  },
  60_000,
)

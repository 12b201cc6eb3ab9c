import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { InstalledPackage } from './installed-package.ts'
import { mockPackage, root, wholePackage } from './packages.ts'

const workspace = 'ws_a1b2c3d4e5f6g7h8'
let whole: InstalledPackage
let mockOnly: InstalledPackage
let mock: ChildProcess
let baseUrl = ''

beforeAll(async () => {
  whole = new InstalledPackage(wholePackage.folder)
  mockOnly = new InstalledPackage(mockPackage.folder)
  await Promise.all([whole.install(), mockOnly.install()])
  mock = spawn(
    join(whole.project, 'node_modules/.bin', whole.name),
    ['mock', '--port', '0', '--log-level', 'warn'],
    {
      cwd: whole.project,
      env: whole.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  for await (const line of createInterface({ input: mock.stdout as NodeJS.ReadableStream })) {
    baseUrl = /^listening on (\S+)$/.exec(line)?.[1] ?? ''
    if (baseUrl) break
  }
}, 900_000)

afterAll(async () => {
  if (mock?.exitCode === null) {
    mock.kill('SIGTERM')
    await once(mock, 'exit')
  }
  whole?.[Symbol.dispose]()
  mockOnly?.[Symbol.dispose]()
})

/** Modules that do something when they are imported, which is what they are for. */
const programs: Record<string, string> = {
  'dist/cli/main.js': 'runs the command line',
  'dist/cli/mock-main.js': 'runs the command line',
  'dist/conformance/engine/watched/suite-worker.js': 'runs the suite in a thread',
  'dist/conformance/pdf/sandbox/child.js': 'takes tasks from the process that forked it',
  'dist/conformance/pdf/sandbox/limit-watch.js': 'watches the process whose thread it is',
}
const isBrowserScript = (file: string) => file.startsWith('dist/server/mock/console/page/')

describe.each([
  { name: 'altostrat-contract', installed: () => whole, megabytes: 200, packages: 210 },
  { name: 'altostrat-contract-mock', installed: () => mockOnly, megabytes: 110, packages: 185 },
])('$name', ({ name, installed, ...budget }) => {
  test('holds nothing that only tests, measures or develops', () => {
    const shipped =
      /^(bin|dist\/(cli|spec|fixtures|server|conformance|gate)|examples\/export-button|server\/report\/pictures)\/|^package\.json$|(^|\/)README\.md$|^LICENSE$/
    const pipelines = ['.ci/gate', '.gitlab/gate.yml']
    expect(installed().files.filter((file) => !shipped.test(file) && !pipelines.includes(file))).toEqual([])
    const development =
      /\.test\.|\.generated\.|vitest|(?<!\.d)\.ts$|^dist\/.*(\/(pairs|pinned|pictures|snapshots)\/|README)/
    expect(installed().files.filter((file) => development.test(file))).toEqual([])
    expect(installed().files).toContain('dist/spec/openapi.yaml')
  })

  test('its documents link only to what is packed', () => {
    const documents = installed().files.filter((file) => file.endsWith('.md'))
    expect(documents).toEqual(expect.arrayContaining(['README.md', 'server/README.md']))
    const targets = documents.flatMap((document) => {
      const text = readFileSync(join(installed().folder, document), 'utf8')
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => link)
      return links.map((link) => ({ document, link, target: join(dirname(document), link) }))
    })
    const isPacked = (target: string) => existsSync(join(installed().folder, target))
    expect(targets.filter(({ target }) => !isPacked(target))).toEqual([])
  })

  test('every module is imported without leaving anything behind', async () => {
    const modules = installed().files.filter(
      (file) => /^dist\/.*\.js$/.test(file) && !programs[file] && !isBrowserScript(file),
    )
    expect(modules.length).toBeGreaterThan(100)
    const before = readdirSync(installed().project)
    const { code, stdout, stderr } = await installed().script(
      `const failed = []
      for (const file of process.argv.slice(2)) {
        await import('./node_modules/' + process.argv[1] + '/' + file).catch((error) => failed.push(file + ': ' + error))
      }
      const open = process.getActiveResourcesInfo().filter((resource) => !/^(Pipe|TTY|File|FSReq)/.test(resource))
      console.log(JSON.stringify({ failed, open }))`,
      name,
      ...modules,
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({ failed: [], open: [] })
    expect(readdirSync(installed().project)).toEqual(before)
  })

  test(`takes at most ${budget.megabytes} MB in ${budget.packages} packages, and runs no script when installed`, () => {
    const { megabytes, packages, withInstallScripts } = installed().weigh()
    console.info(`${name}: ${megabytes} MB in ${packages} packages`)
    expect(megabytes).toBeLessThanOrEqual(budget.megabytes)
    expect(packages).toBeLessThanOrEqual(budget.packages)
    expect(withInstallScripts).toEqual([])
  })

  test('the installed command names its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(await installed().command('--version')).toMatchObject({ code: 0, stdout: `${version}\n` })
  })

  test('createMock is imported by the name of the package, with its types', async () => {
    writeFileSync(join(installed().project, 'suite.ts'), suite(name))
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2024', '--module', 'nodenext']
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    expect(await installed().run(tsc, ...options, ...types, 'suite.ts')).toMatchObject({
      code: 0,
      stdout: '',
    })
    const { stdout } = await installed().run(process.execPath, 'suite.ts')
    expect(JSON.parse(stdout)).toEqual({ statuses: [403, 200], engine: 'prism', requests: 3 })
  })

  test('a mock with its report loads neither the PDF reader nor Prism, and makes nothing that the build has made', async () => {
    const { stdout } = await installed().script(
      `import { registerHooks } from 'node:module'
      const loaded = []
      registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
      const { createMock } = await import('${name}')
      const mock = await createMock()
      const headers = { authorization: 'Bearer ' + (await mock.tokenFor('viewer')) }
      await (await fetch(mock.url + '/workspaces/${workspace}/organizations/usage.pdf', { headers })).arrayBuffer()
      await mock.close()
      console.log(loaded.join('\\n'))`,
    )
    expect(stdout).toContain('node_modules/pdfmake/')
    expect(stdout).not.toMatch(unneeded)
    expect(stdout).not.toMatch(
      /node_modules\/(subset-font|harfbuzzjs|wawoff2|yaml|@apidevtools\/swagger-parser)\//,
    )
  })
})

test('every language that the judge reads is in the package', () => {
  const folder = 'conformance/pdf/judge/languages'
  const modules = readdirSync(join(root, folder)).map((file) => `dist/${folder}/${file.replace(/ts$/, 'js')}`)
  expect(whole.files).toEqual(expect.arrayContaining(modules))
})

test('the mock alone has no suite, no judge, no gate and no PDF reader', () => {
  const parts = mockOnly.files.flatMap((file) => /^dist\/([^/]+)\//.exec(file)?.[1] ?? [])
  expect([...new Set(parts)].sort()).toEqual(['cli', 'fixtures', 'server', 'spec'])
  const reader = readdirSync(join(mockOnly.project, 'node_modules')).filter((name) =>
    /pdf-parse|pdfjs/.test(name),
  )
  expect(reader).toEqual([])
  expect(Object.keys(whole.manifest.dependencies)).toEqual(
    expect.arrayContaining(Object.keys(mockOnly.manifest.dependencies)),
  )
})

test('the mock alone renders a report', async () => {
  const organizations = join(mockOnly.project, 'organizations.json')
  const response = await ask(`/workspaces/${workspace}/organizations`)
  writeFileSync(organizations, await response.text())
  const { code } = await mockOnly.command('report', organizations, '--out', 'usage.pdf')
  expect(code).toBe(0)
  expect(readFileSync(join(mockOnly.project, 'usage.pdf')).subarray(0, 5).toString()).toBe('%PDF-')
})

test('the installed mock serves a PDF to a token that the installed command prints', async () => {
  const response = await ask(`/workspaces/${workspace}/organizations/usage.pdf`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(
    Buffer.from(await response.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

test('listing the checks loads neither the PDF reader nor Prism', async () => {
  const hooks = join(whole.project, 'hooks.mjs')
  writeFileSync(
    hooks,
    `import { registerHooks } from 'node:module'
    const loaded = []
    registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
    process.on('exit', () => console.error(loaded.join('\\n')))`,
  )
  const executable = join(whole.folder, whole.manifest.bin[whole.name]!)
  const { code, stderr } = await whole.run(process.execPath, '--import', hooks, executable, 'checks')
  expect(code).toBe(0)
  expect(stderr).toContain('dist/conformance/catalogue/')
  expect(stderr).not.toMatch(unneeded)
})

test('the installed suite finds the installed mock conforming, with an essential profile', async () => {
  const profile = join(whole.project, 'essential.json')
  const member = { token: { value: await tokenFor('owner') } }
  writeFileSync(profile, JSON.stringify({ actors: { member }, workspace: { id: workspace } }))
  const { code, stdout } = await whole.command('verify', baseUrl, '--profile', profile, '--reporter', 'json')
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
  const { stdout } = await whole.script(
    `import { createWorkspacesClient, exportUsage } from 'altostrat-contract/client'
    const client = createWorkspacesClient({ baseUrl: process.argv[1], token: process.argv[2] })
    const { blob, fileName } = await exportUsage(client, { workspaceId: '${workspace}' })
    const { data } = await client.GET('/workspaces/{workspaceId}/organizations', {
      params: { path: { workspaceId: '${workspace}' } },
    })
    console.log(JSON.stringify([data.data.length, blob.size > 10_000, fileName]))`,
    baseUrl,
    await tokenFor('viewer'),
  )
  expect(JSON.parse(stdout)).toEqual([13, true, expect.stringMatching(/^ACME.*\.pdf$/)])
})

test('the installed gate has what it takes, by itself and through the entry file of pipelines', async () => {
  const { stdout } = await whole.command('gate', '--reporter', 'json')
  const [contract] = JSON.parse(stdout).parts
  expect(contract).toMatchObject({ name: 'contract', outcome: 'passed' })
  const entry = await whole.run('bash', join(whole.folder, '.ci/gate'))
  expect(entry.stdout).toMatch(/contract gate: \w+, [1-9]\d* checks really ran/)
})

/** What is loaded only by what uses it. */
const unneeded =
  /node_modules\/(pdf-parse|pdfjs-dist|@napi-rs\/canvas)|dist\/spec\/prism\.js|parts\/contract\/redocly\.js/

async function tokenFor(persona: string): Promise<string> {
  const { code, stdout } = await whole.command('token', persona)
  expect(code).toBe(0)
  return stdout.trim()
}

/** Asks the running mock as a viewer. */
async function ask(path: string): Promise<Response> {
  return fetch(baseUrl + path, { headers: { authorization: `Bearer ${await tokenFor('viewer')}` } })
}

/** A test suite of a user's, which prints what it saw: a refusal, the report, an answer that only Prism can give. */
function suite(name: string): string {
  return `import { createMock, type Mock, type PersonaName, type ScenarioSetting } from '${name}'
const persona: PersonaName = 'owner'
const setting: ScenarioSetting = { name: 'error', status: 403, calls: 1 }
// @ts-expect-error: no such scenario
const wrong: ScenarioSetting = { name: 'earthquake' }
const mock: Mock = await createMock({ port: 0 })
mock.scenario(setting)
const headers = { authorization: 'Bearer ' + (await mock.tokenFor(persona)) }
const workspace = mock.url + '/workspaces/${workspace}'
const statuses = []
for (let call = 0; call < 2; call += 1) {
  statuses.push((await fetch(workspace + '/organizations/usage.pdf', { headers })).status)
}
const engine = (await fetch(workspace + '/billing-accounts', { headers })).headers.get('x-mock-engine')
console.log(JSON.stringify({ statuses, engine, requests: mock.requests().length }))
await mock.close()
`
}

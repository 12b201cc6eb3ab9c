import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, InstalledPackage } from './installed-package.ts'
import { mockPackage, root } from './packages.ts'

const { name } = mockPackage.manifest!
let installed: InstalledPackage
const { version: ofPlaywright } = createRequire(import.meta.url)('playwright-core/package.json')
const { version: ofVitest } = createRequire(import.meta.url)('vitest/package.json')
const recipes = readRecipes()

beforeAll(async () => {
  installed = new InstalledPackage(mockPackage.folder)
  await installed.install('jest@30', 'msw@3', `vitest@${ofVitest}`, `@playwright/test@${ofPlaywright}`)
  for (const { file, text } of recipes) write(file, text)
  write('jest/package.json', '{ "type": "commonjs" }')
}, 900_000)
afterAll(() => installed?.[Symbol.dispose]())

/** The files that `server/README.md` shows in its recipes, with the name of the package that is installed. */
function readRecipes(): { file: string; text: string }[] {
  const [, section = ''] = readFileSync(join(root, 'server/README.md'), 'utf8').split(/^## Recipes$/m)
  const [text = ''] = section.split(/^## /m)
  return [...text.matchAll(/^```[jt]s\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, file = '', code = '']) => ({
    file,
    text: named(code),
  }))
}

/** Code with the name of the package that is installed. */
function named(code: string): string {
  return code.replaceAll(`'altostrat-contract`, `'${name}`)
}

function write(file: string, text: string): void {
  const path = join(installed.project, file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A busy machine needs more than the five seconds that a test is given by default. */
const testTimeout = '--testTimeout=60000'

/** Runs an installed test runner; what it prints is shown where it fails. */
async function runner(command: string, ...args: string[]): Promise<Ended & { printed: string }> {
  const ended = await installed.run(join(installed.project, 'node_modules/.bin', command), ...args)
  const printed = ended.stdout + ended.stderr
  if (ended.code !== 0) console.error(printed)
  return { ...ended, printed }
}

test('each recipe is a file of its own', () => {
  expect(recipes.map(({ file }) => file)).toEqual([
    'jest/usage-export.test.js',
    'vitest/test-with-mock.ts',
    'vitest/session.test.ts',
    'vitest/fake-timers.test.ts',
    'playwright/test-with-mock.ts',
    'playwright/usage-export.spec.ts',
    'msw/usage-export.test.ts',
  ])
})

test('Jest in CommonJS, without a warning', async () => {
  const { code, printed } = await runner('jest', '--rootDir', 'jest', testTimeout)
  expect(code).toBe(0)
  expect(printed).toContain('1 passed')
  expect(printed).not.toMatch(/warning/i)
})

test('Vitest with files that run at the same time', async () => {
  write('vitest/again.test.ts', readFileSync(join(installed.project, 'vitest/session.test.ts'), 'utf8'))
  const { code, printed } = await runner('vitest', 'run', '--root', 'vitest', testTimeout)
  expect(code).toBe(0)
  expect(printed).toMatch(/3 passed/)
})

test('beside MSW', async () => {
  const { code, printed } = await runner('vitest', 'run', '--root', 'msw', testTimeout)
  expect(code).toBe(0)
  expect(printed).toMatch(/1 passed/)
})

test('Playwright, with the example page', async () => {
  const page = join(root, 'examples/export-button')
  const { outputFiles } = await build({
    stdin: { contents: named(readFileSync(join(page, 'page.js'), 'utf8')), resolveDir: installed.project },
    bundle: true,
    format: 'esm',
    write: false,
  })
  write('playwright/site/page.js', outputFiles[0]!.text)
  write('playwright/site/index.html', readFileSync(join(page, 'index.html'), 'utf8'))
  write('playwright/site.mjs', site)
  write('playwright/playwright.config.ts', playwrightConfig)
  const { code, printed } = await runner(
    'playwright',
    'test',
    '--timeout=60000',
    '--config',
    'playwright/playwright.config.ts',
  )
  expect(code).toBe(0)
  expect(printed).toContain('1 passed')
})

test.each([
  ['node16', 'node16', 'es2022'],
  ['nodenext', 'nodenext', 'es2024'],
  ['bundler', 'preserve', 'es2023'],
])('moduleResolution %s finds the types, for ES modules and CommonJS', async (resolution, module, target) => {
  const use = `const ready: Promise<Mock> = createMock({ fixtures: { workspaces: [aWorkspace({ organizations: 3 })] } })
export const status = async (mock: Mock): Promise<string> => {
  const client = createWorkspacesClient({ baseUrl: mock.url, token: () => mock.tokenFor('viewer') })
  // @ts-expect-error: no such operation
  mock.respond({ operation: 'exportEverything' })
  try {
    return (await exportUsage(client, { workspaceId: 'ws_a1b2c3d4e5f6g7h8' })).fileName satisfies string
  } catch (error) {
    return error instanceof ExportError ? error.reason : 'unknown'
  }
}
void ready
`
  const imports = `import { aWorkspace, createMock, type Mock } from '${name}'
import { createWorkspacesClient, ExportError, exportUsage } from '${name}/client'
`
  write(`types-${resolution}/esm.mts`, imports + use)
  write(`types-${resolution}/commonjs.cts`, imports + use)
  // What a new Vite project has: the types of browsers, and none of Node.
  const compilerOptions = { target, module, moduleResolution: resolution, lib: [target, 'dom'], types: [] }
  const strictness = { strict: true, noEmit: true, skipLibCheck: true }
  write(
    `types-${resolution}/tsconfig.json`,
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...strictness } }),
  )
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { code, stdout } = await installed.run(tsc, '-p', `types-${resolution}`)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
})

/** Serves the page, as `vite preview` would. */
const site = `import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
createServer(({ url }, response) => {
  const [name, type] = url.startsWith('/page.js') ? ['page.js', 'text/javascript'] : ['index.html', 'text/html']
  response.setHeader('content-type', type + '; charset=utf-8')
  response.end(readFileSync(new URL('site/' + name, import.meta.url)))
}).listen(Number(process.argv[2]), '127.0.0.1')
`

const playwrightConfig = `import { defineConfig } from '@playwright/test'
const url = 'http://127.0.0.1:4173'
export default defineConfig({
  reporter: 'list',
  use: {
    baseURL: url,
    launchOptions: { executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
  webServer: { command: 'node site.mjs 4173', url },
})
`

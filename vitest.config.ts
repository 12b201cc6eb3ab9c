import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

/** What `npm test` runs: the ending of a test file's name says which project it belongs to (`test-projects.test.ts`). */
const daily: Record<string, { include: string; globalSetup?: string }> = {
  /** Requests over a socket and child processes; the set-up starts the reference server. */
  integration: { include: '**/*.integration.test.ts', globalSetup: 'server/vitest.setup.ts' },
  /** Each check fails on its mutations; mutants are detected, correct deployments are not blamed. */
  mutations: { include: '**/*.mutations.test.ts', globalSetup: 'server/vitest.setup.ts' },
  /** Verdicts on whole corpora of PDF files. */
  judge: { include: '**/*.judge.test.ts' },
}

/** What `.ci/run` runs beside: each needs something that a plain checkout does not have. */
const equipped: Record<string, { include: string; globalSetup?: string }> = {
  /** The packed packages, installed in an empty project: needs the npm registry, and Chromium for one recipe. */
  package: { include: 'scripts/*package.test.ts', globalSetup: 'scripts/vitest.build.ts' },
  /** What a person sees in a browser: needs Chromium. */
  browser: { include: '**/*.browser.test.ts' },
  /** A second opinion on our PDFs by qpdf and poppler; mocks that share a Redis. */
  tools: { include: '**/*.tools.test.ts' },
}

const exclude = [...configDefaults.exclude, '**/dist/**']
const suffixed = Object.values({ ...daily, ...equipped }).map(({ include }) => include)

// Node keeps compiled modules here for the test processes and those that they start.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/node-compile', import.meta.url))

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // What a test waits for comes late on a busy machine; the limit of the test decides.
    expect: { poll: { timeout: 20_000 } },
    // Modules are loaded once a process and by Node itself, as in production. Loading dominates the time of most
    // files; sharing is safe because modules keep no state of a test, and no test mocks a module.
    isolate: false,
    maxWorkers: availableParallelism(),
    experimental: { viteModuleRunner: false, nodeLoader: false },
    projects: [
      /** Pure tests, in seconds: no server, no process, no set-up. */
      project('unit', { include: ['**/*.test.ts'], exclude: [...exclude, ...suffixed] }),
      ...Object.entries(daily).map(([name, { include, ...rest }]) =>
        project(name, { include: [include], exclude, testTimeout: 120_000, hookTimeout: 120_000, ...rest }),
      ),
      ...Object.entries(equipped).map(([name, { include, ...rest }]) =>
        project(name, { include: [include], exclude, testTimeout: 120_000, hookTimeout: 300_000, ...rest }),
      ),
    ],
  },
})

function project(name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return { extends: true, test: { name, ...test } }
}

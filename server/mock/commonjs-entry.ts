import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import type { Mock, MockOptions, SharedMock, SharedState } from './create-mock.ts'

export { aWorkspace } from '../../fixtures/a-workspace.ts'
export { anOrganization } from '../../fixtures/outline.ts'

declare const __dirname: string

type Entry = typeof import('./package-entry.ts')

// Jest runs CommonJS in a sandbox whose loader knows no ES modules: Node's own loader does.
const importModule = new vm.Script('(url) => import(url)', {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext() as (url: string) => Promise<Entry>

/** `createMock` for CommonJS. Compiled with everything that it imports into `package-entry.cjs`. */
export async function createMock(options: MockOptions & { state: SharedState }): Promise<SharedMock>
export async function createMock(options?: MockOptions): Promise<Mock>
export async function createMock(options?: MockOptions): Promise<Mock | SharedMock> {
  const entry = await importModule(pathToFileURL(`${__dirname}/package-entry.js`).href)
  return entry.createMock(options)
}

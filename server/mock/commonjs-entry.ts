import vm from 'node:vm'
import type { Mock, MockOptions, SharedMock, SharedState } from './create-mock.ts'

export { aWorkspace } from '../../fixtures/a-workspace.ts'
export { anOrganization } from '../../fixtures/outline.ts'

declare const __filename: string

type Entry = typeof import('./package-entry.ts')

// Jest runs CommonJS in a sandbox of its own, whose `require` knows no ES modules: Node's does, outside of it.
const { getBuiltinModule } = vm.runInThisContext('process') as NodeJS.Process
const { createRequire } = getBuiltinModule('node:module')

/** `createMock` for CommonJS. Compiled with everything that it imports into `package-entry.cjs`. */
export async function createMock(options: MockOptions & { state: SharedState }): Promise<SharedMock>
export async function createMock(options?: MockOptions): Promise<Mock>
export async function createMock(options?: MockOptions): Promise<Mock | SharedMock> {
  const entry = createRequire(__filename)('./package-entry.js') as Entry
  return entry.createMock(options)
}

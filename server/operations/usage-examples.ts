import { loadFixtures } from '../../fixtures/load-fixtures.ts'
import type { UsageData } from '../../fixtures/workspace.ts'
import type { OperationId } from '../../spec/operation.ts'

/** The examples of a usage report by name, each with the workspace of our fixtures that it shows. */
export const usageExamples: Readonly<Record<string, string>> = {
  empty: 'ws_eeeeeeeeeeeeeeee',
  'over-limit': 'ws_a1b2c3d4e5f6g7h8',
  unlimited: 'ws_flatnolimits0001',
  archived: 'ws_archivedretail01',
  'many-scripts': 'ws_manyscripts00001',
  largest: 'ws_largestlegal0001',
}

export function isUsageExample(operationId: OperationId, name: string): boolean {
  return operationId === 'exportOrganizationUsage' && Object.hasOwn(usageExamples, name)
}

let fixtures: ReturnType<typeof loadFixtures> | undefined

/** The data of an example, whatever fixtures are served; undefined if there is none of this name. */
export function usageExample(name: string): UsageData | undefined {
  if (!Object.hasOwn(usageExamples, name)) return undefined
  fixtures ??= loadFixtures()
  return fixtures.workspaces.get(usageExamples[name]!)
}

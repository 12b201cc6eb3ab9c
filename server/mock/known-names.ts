import type { Operation } from '../../spec/operation.ts'
import { scenarioNames } from './scenarios/catalogue.ts'

/** The names that settings may use. */
export interface KnownNames {
  personas: readonly { name: string }[]
  operations: readonly Operation[]
}

/** What is wrong with the names in a setting, a filter or a pattern; undefined if nothing is. */
export function explainUnknownName(
  { persona, operation, scenario }: { persona?: string; operation?: string; scenario?: string },
  known: KnownNames,
): string | undefined {
  const names = known.personas.map(({ name }) => name)
  if (persona !== undefined && !names.includes(persona)) return `persona is one of ${names.join(', ')}`
  const ids: string[] = known.operations.map(({ operationId }) => operationId)
  if (operation !== undefined && !ids.includes(operation)) return `operation is one of ${ids.join(', ')}`
  if (scenario !== undefined && !scenarioNames.some((name) => name === scenario))
    return `scenario is one of ${scenarioNames.join(', ')}`
  return undefined
}

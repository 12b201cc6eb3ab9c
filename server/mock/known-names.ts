import type { Operation } from '../../spec/operation.ts'

/** The names that settings may use. */
export interface KnownNames {
  personas: readonly { name: string }[]
  operations: readonly Operation[]
}

/** What is wrong with the names in a setting; undefined if nothing is. */
export function explainUnknownName(
  { persona, operation }: { persona?: string; operation?: string },
  known: KnownNames,
): string | undefined {
  const names = known.personas.map(({ name }) => name)
  if (persona !== undefined && !names.includes(persona)) return `persona is one of ${names.join(', ')}`
  const ids: string[] = known.operations.map(({ operationId }) => operationId)
  if (operation !== undefined && !ids.includes(operation)) return `operation is one of ${ids.join(', ')}`
  return undefined
}

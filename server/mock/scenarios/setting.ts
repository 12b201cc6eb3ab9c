import type { Operation } from '../../../spec/operation.ts'
import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { type ScenarioName, type ScenarioSetting, scenarioNames, scenarios } from './catalogue.ts'
import type { Scenario } from './scenario.ts'

const count = { type: 'integer', minimum: 0 }

/** Properties that every scenario takes. */
export const scopeSchema = {
  persona: { type: 'string', description: "a persona's name; default: whoever calls" },
  operation: { type: 'string', description: 'an operation id of the contract; default: every operation' },
  after: { ...count, default: 0, description: 'how many calls go well before it begins' },
  calls: { ...count, minimum: 1, description: 'how many calls it lasts; default: until it is removed' },
  seed: { ...count, description: 'repeats what is random about it' },
}

const readers = new Map(
  scenarioNames.map((name) => {
    const { parameters, required = [] } = scenarios[name] as Scenario<Record<string, unknown>>
    const properties = { name: { const: name }, ...scopeSchema, ...parameters }
    const schema = { type: 'object', properties, required, additionalProperties: false }
    return [name, createShapeReader<ScenarioSetting>(`The scenario ${name} cannot be set`, schema)]
  }),
)

/** What a setting may speak of. */
export interface Known {
  personas: readonly { name: string }[]
  operations: readonly Operation[]
}

/** A setting with its defaults filled in. Throws `bad_request`. */
export function readSetting(value: unknown, known: Known): ScenarioSetting {
  const read = readers.get((value as Partial<ScenarioSetting> | null)?.name as ScenarioName)
  if (!read) throw new Problem('bad_request', `name is one of ${scenarioNames.join(', ')}.`)
  const setting = read(value)
  const wrong = findStranger(setting, known) ?? findImpossible(setting, known)
  if (wrong) throw new Problem('bad_request', `The scenario ${setting.name} cannot be set: ${wrong}.`)
  return setting
}

function findStranger({ persona, operation }: ScenarioSetting, known: Known): string | undefined {
  const names = known.personas.map(({ name }) => name)
  if (persona !== undefined && !names.includes(persona)) return `persona is one of ${names.join(', ')}`
  const ids: string[] = known.operations.map(({ operationId }) => operationId)
  if (operation !== undefined && !ids.includes(operation)) return `operation is one of ${ids.join(', ')}`
  return undefined
}

/** An operation may be unable to come into the situation; where none is named, one that can is enough. */
function findImpossible(setting: ScenarioSetting, { operations }: Known): string | undefined {
  const { refuse } = scenarios[setting.name] as Scenario<ScenarioSetting>
  const { operation: id } = setting
  const asked = operations.filter(({ operationId }) => id === undefined || operationId === id)
  const refusals = asked.map((operation) => refuse?.(operation, setting))
  return refusals.includes(undefined) ? undefined : refusals[0]
}

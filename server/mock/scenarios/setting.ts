import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { explainUnknownName, type KnownNames } from '../known-names.ts'
import { type ScenarioSetting, scenarioNames, scenarios } from './catalogue.ts'
import type { Scenario } from './scenario.ts'

const count = { type: 'integer', minimum: 0 }

/** JSON Schemas of the properties that every scenario takes. */
export const scopeSchema = {
  persona: { type: 'string', description: "a persona's name; default: any caller" },
  operation: { type: 'string', description: 'an operation id of the contract; default: every operation' },
  after: { ...count, default: 0, description: 'number of calls that get a normal response first' },
  calls: {
    ...count,
    minimum: 1,
    description: 'number of calls it applies to; default: all until it is removed',
  },
  seed: { ...count, description: 'makes its random choices repeatable' },
}

/** All scenarios that can be set, with their parameters as JSON Schemas. */
export const availableScenarios = Object.entries(scenarios).map(([name, scenario]) => {
  const { title, parameters, required = [] } = scenario as typeof scenario & { required?: string[] }
  return { name, title, parameters, required }
})

const readers = new Map<string, (value: unknown) => ScenarioSetting>(
  scenarioNames.map((name) => {
    const { parameters, required = [] } = scenarios[name] as Scenario<Record<string, unknown>>
    const properties = { name: { const: name }, ...scopeSchema, ...parameters }
    const schema = { type: 'object', properties, required, additionalProperties: false }
    return [name, createShapeReader<ScenarioSetting>(`The scenario ${name} cannot be set`, schema)]
  }),
)

/** A setting with its defaults filled in, and a seed. Throws `bad_request`. */
export function readSetting(
  value: unknown,
  known: KnownNames,
  drawSeed: () => number,
): ScenarioSetting & { seed: number } {
  const read = readers.get(String((value as { name?: unknown } | null)?.name))
  if (!read) throw new Problem('bad_request', `name is one of ${scenarioNames.join(', ')}.`)
  const setting = read(value)
  const obstacle = explainUnknownName(setting, known) ?? explainUnsupported(setting, known)
  if (obstacle) throw new Problem('bad_request', `The scenario ${setting.name} cannot be set: ${obstacle}.`)
  return { ...setting, seed: setting.seed ?? drawSeed() }
}

/**
 * A scenario may not apply to every operation; where the setting names none, one that it applies to is enough.
 * Undefined if it can be played.
 */
function explainUnsupported(setting: ScenarioSetting, { operations }: KnownNames): string | undefined {
  const scenario = scenarios[setting.name] as Scenario<ScenarioSetting>
  const { operation: id } = setting
  const reasons = operations.map((operation) => ({
    id: operation.operationId,
    reason: scenario.explainUnsupported?.(operation, setting),
  }))
  const possible = reasons.filter(({ reason }) => reason === undefined).map((one) => one.id)
  if (id === undefined ? possible.length > 0 : possible.includes(id)) return undefined
  const { reason } = reasons.find((one) => one.id === id) ?? reasons[0] ?? {}
  const playable = possible.join(', ') || 'no operation'
  return `${reason}; it can be played for ${playable}. POST /_mock/responses sends any status and body`
}

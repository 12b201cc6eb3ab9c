import { type Random, seededRandom } from '../../../fixtures/random.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { type ScenarioName, type ScenarioSetting, scenarios } from './catalogue.ts'
import type { Scenario, ScenarioContext } from './scenario.ts'

/** A scenario that has been set, and how often it has been played. */
export type ActiveScenario = ScenarioSetting & { id: string; seed: number; played: number }

export interface ScenarioCall {
  operation: Operation
  /** The caller's name; undefined where no persona calls. */
  persona: string | undefined
  respond(): Promise<ApiResponse>
  /** The right answer with its body, whatever conditions and range the request has. */
  respondUnconditionally(): Promise<ApiResponse>
  sleep(ms: number): Promise<unknown>
}

/** A response, with the scenario that made it. */
export type PlayedResponse = ApiResponse & { scenario?: ScenarioName }

/** The scenarios that are set. Of several that are for a call the one set last is played, and it alone. */
export interface Schedule {
  set(setting: ScenarioSetting): ActiveScenario
  list(): ActiveScenario[]
  /** Whether there was one with this id. */
  remove(id: string): boolean
  clear(): void
  /** The answer to a call: of a scenario that is for it, or else the right one. */
  play(casting: ScenarioCall): Promise<PlayedResponse>
}

interface Entry {
  active: ActiveScenario
  random: Random
  /** Calls in its scope so far. */
  met: number
}

export function createSchedule(drawSeed: () => number): Schedule {
  const entries: Entry[] = []
  let lastId = 0
  return {
    set(setting) {
      const seed = setting.seed ?? drawSeed()
      const active = { ...setting, seed, id: `scenario-${++lastId}`, played: 0 }
      entries.unshift({ active, random: seededRandom(seed), met: 0 })
      return { ...active }
    },
    list: () => entries.map(({ active }) => ({ ...active })),
    remove(id) {
      const index = entries.findIndex(({ active }) => active.id === id)
      if (index >= 0) entries.splice(index, 1)
      return index >= 0
    },
    clear: () => void entries.splice(0),
    async play({ persona, respondUnconditionally, ...casting }) {
      const entry = entries.find((one) => isItsTurn(one, casting.operation, persona))
      if (!entry) return casting.respond()
      const { active, random } = entry
      active.played += 1
      const { play, changesBody: spoilsBody } = scenarios[active.name] as unknown as Scenario<ScenarioSetting>
      let answered: Promise<ApiResponse> | undefined
      const respond = () => (answered ??= spoilsBody ? respondUnconditionally() : casting.respond())
      const scene: ScenarioContext<ScenarioSetting> = {
        ...casting,
        respond,
        random,
        parameters: active,
      }
      const response = await play(scene)
      if (!response) {
        active.played -= 1
        entry.met -= 1
        return respond()
      }
      const headers = { ...response.headers, 'X-Mock-Scenario': active.name }
      return { ...response, headers, scenario: active.name }
    },
  }
}

/** Counts the call where it is in scope. */
function isItsTurn(entry: Entry, { operationId }: Operation, persona: string | undefined): boolean {
  const { active } = entry
  if (active.persona !== undefined && active.persona !== persona) return false
  if (active.operation !== undefined && active.operation !== operationId) return false
  const { after = 0, calls = Number.POSITIVE_INFINITY } = active
  if (entry.met >= after + calls) return false
  entry.met += 1
  return entry.met > after
}

import { type Random, seededRandom } from '../../../fixtures/random.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ApiResponse } from '../../http/api-response.ts'
import { type ScenarioName, type ScenarioSetting, scenarios } from './catalogue.ts'
import type { Scenario } from './scenario.ts'

/**
 * A scenario that has been set, and in how many calls it has been played.
 *
 * @example
 * ```ts
 * import type { ActiveScenario } from 'altostrat-contract'
 *
 * const isOver = ({ calls, played }: ActiveScenario) => played === calls
 * ```
 */
export type ActiveScenario = ScenarioSetting & { id: string; seed: number; played: number }

/** A call of an operation that a scenario may apply to. */
export interface ScenarioCall {
  operation: Operation
  /** The caller's name; undefined where the caller is not a persona. */
  persona: string | undefined
  /** Carries the operation out and gives its response. */
  respond(): Promise<ApiResponse>
  /** The same with the full body, whatever conditions and range the request has. */
  respondUnconditionally(): Promise<ApiResponse>
  sleep(ms: number): Promise<unknown>
}

/** A response, and the scenario that was applied to it. */
export type PlayedResponse = ApiResponse & { scenario?: ScenarioName }

/** The scenarios that are set. Where several apply to a call, only the one set last is played. */
export interface Schedule {
  set(setting: ScenarioSetting): ActiveScenario
  list(): ActiveScenario[]
  /** Returns whether there was one with this id. */
  remove(id: string): boolean
  clear(): void
  /** The response to a call: that of the scenario which applies to it, or else the operation's own. */
  play(call: ScenarioCall): Promise<PlayedResponse>
}

interface Entry {
  active: ActiveScenario
  random: Random
  /** Calls so far that this entry applies to, those before `after` included. */
  callsInScope: number
}

/** `drawSeed` gives the seeds of scenarios that are set without one. */
export function createSchedule(drawSeed: () => number): Schedule {
  const entries: Entry[] = []
  let lastId = 0
  return {
    set(setting) {
      const seed = setting.seed ?? drawSeed()
      const active = { ...setting, seed, id: `scenario-${++lastId}`, played: 0 }
      entries.unshift({ active, random: seededRandom(seed), callsInScope: 0 })
      return { ...active }
    },
    list: () => entries.map(({ active }) => ({ ...active })),
    remove(id) {
      const index = entries.findIndex(({ active }) => active.id === id)
      if (index >= 0) entries.splice(index, 1)
      return index >= 0
    },
    clear: () => void entries.splice(0),
    async play(call) {
      const entry = findDue(entries, call)
      if (!entry) return call.respond()
      const { active, random } = entry
      active.played += 1
      const { play, changesBody } = scenarios[active.name] as unknown as Scenario<ScenarioSetting>
      let responded: Promise<ApiResponse> | undefined
      const respond = () => (responded ??= changesBody ? call.respondUnconditionally() : call.respond())
      const { operation, sleep } = call
      const response = await play({ operation, sleep, respond, random, parameters: active })
      if (!response) {
        active.played -= 1
        entry.callsInScope -= 1
        return respond()
      }
      const headers = { ...response.headers, 'X-Mock-Scenario': active.name }
      return { ...response, headers, scenario: active.name }
    },
  }
}

/** The entry to play for a call. Counts the call for every entry that it passes and that applies to it. */
function findDue(entries: readonly Entry[], call: ScenarioCall): Entry | undefined {
  for (const entry of entries) {
    const { after = 0, calls = Number.POSITIVE_INFINITY } = entry.active
    if (!isInScope(entry.active, call) || entry.callsInScope >= after + calls) continue
    entry.callsInScope += 1
    if (entry.callsInScope > after) return entry
  }
  return undefined
}

function isInScope({ persona, operation }: ActiveScenario, call: ScenarioCall): boolean {
  return (
    (persona === undefined || persona === call.persona) &&
    (operation === undefined || operation === call.operation.operationId)
  )
}

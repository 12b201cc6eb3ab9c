import { seededRandom } from '../../../fixtures/random.ts'
import { Problem } from '../../http/problem.ts'
import type { Active } from '../rule-book.ts'
import type { Rule } from '../schedule.ts'
import { type ScenarioSetting, scenarios } from './catalogue.ts'
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
export type ActiveScenario = Active<ScenarioSetting & { seed: number }>

/** How a scenario is played. Its responses name it in `X-Mock-Scenario`. */
export function scenarioRule(setting: ScenarioSetting & { seed: number }): Rule {
  const scenario = scenarios[setting.name] as unknown as Scenario<ScenarioSetting>
  return {
    scope: setting,
    isPlayable: (operation) => scenario.explainUnsupported?.(operation, setting) === undefined,
    async play({ operation, sleep, refuse, respond, respondUnconditionally }, played) {
      const made = await scenario.play({
        operation,
        sleep,
        // By the number of the call, so that replicas that share the rule draw the same values.
        random: seededRandom(setting.seed + played),
        parameters: setting,
        respond: scenario.changesBody ? respondUnconditionally : respond,
      })
      const response = made instanceof Problem ? await refuse(operation, made) : made
      return response && { ...response, headers: { ...response.headers, 'X-Mock-Scenario': setting.name } }
    },
  }
}

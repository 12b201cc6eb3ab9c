import { styleText } from 'node:util'
import { counted } from '../../../spec/counted.ts'
import { visible } from '../../../spec/visible.ts'
import type { Plan, PlannedCheck } from '../../engine/plan/plan-suite.ts'
import type { FormatTable, RenderOptions } from './output-format.ts'

/** The formats of `verify --plan --reporter`. */
export const planFormats = {
  pretty: { render: prettyPlan },
  json: { render: (plan) => `${JSON.stringify(plan, null, 2)}\n` },
} satisfies FormatTable<Plan>

/** What a run would do, for a person: what runs, what not and why, and what it costs the deployment. */
function prettyPlan(plan: Plan, { color }: RenderOptions): string {
  const dim = (text: string) => (color ? styleText('dim', text, { validateStream: false }) : text)
  const having = (wanted: PlannedCheck['plan']) => plan.checks.filter((check) => check.plan === wanted)
  const [run, skip, blocked] = [having('run'), having('skip'), having('blocked')]
  const areas = Map.groupBy(run, ({ area }) => area)
  const lines = [
    ...(plan.problem
      ? [`Nothing would run: ${visible(plan.problem)}`]
      : [...areas].flatMap(([area, checks]) => [
          `${area}  ${counted(checks.length, 'check')}`,
          ...checks.map(
            ({ id, title, level, questions: requests }) =>
              `  ${id}  ${title}  ${dim(`[${level}, ${counted(requests, 'request')}]`)}`,
          ),
          '',
        ])),
    ...reasons('could not be decided', plan.problem ? [] : blocked),
    ...reasons('would be skipped', skip),
    ...(plan.assumed.length > 0
      ? [
          `${plan.assumed.join(', ')}: not fetched for a plan, assumed to be ${plan.assumed.length === 1 ? 'a valid JWT or key' : 'valid JWTs or keys'}`,
          '',
        ]
      : []),
    `${run.length} of ${counted(plan.checks.length, 'check')} would run against ${visible(plan.target)}`,
    `${counted(plan.requests, 'request')}, at most ${counted(plan.renderings, 'PDF rendering')}, about ${plan.seconds} s at this rate`,
    dim('counted on a deployment that has entity tags, ranges, HEAD and CORS; nothing was sent'),
  ]
  return `${lines.join('\n')}\n`
}

function reasons(what: string, checks: PlannedCheck[]): string[] {
  const byReason = Map.groupBy(checks, ({ reason }) => reason)
  const lines = [...byReason].map(
    ([reason, some]) => `- ${some.map(({ id }) => id).join(', ')} ${what}: ${visible(reason)}`,
  )
  return lines.length > 0 ? [...lines, ''] : []
}

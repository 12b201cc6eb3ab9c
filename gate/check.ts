import type { GateCheck, GateFinding } from './report.ts'

/** What a check comes back with: nothing found is a pass; a reason not to have looked is no pass. */
export type CheckOutcome =
  | { examined: number; findings: GateFinding[] }
  | { skipped: string }
  | { cantTell: string }

/** Runs one check. Never rejects: what goes wrong inside it is its own fault, and no verdict on the contract. */
export async function runGateCheck(
  id: string,
  title: string,
  examine: () => CheckOutcome | Promise<CheckOutcome>,
): Promise<GateCheck> {
  const ended = (outcome: GateCheck['outcome'], reason = '', examined = 0, findings: GateFinding[] = []) => ({
    id,
    title,
    outcome,
    reason,
    examined,
    decides: true,
    findings,
  })
  try {
    const result = await examine()
    if ('skipped' in result) return ended('skipped', result.skipped)
    if ('cantTell' in result) return ended('cantTell', result.cantTell)
    const errors = result.findings.filter(({ severity }) => severity === 'error')
    const reason =
      errors.length > 1 ? `${errors[0]?.message} (and ${errors.length - 1} more)` : errors[0]?.message
    return ended(reason ? 'failed' : 'passed', reason, result.examined, result.findings)
  } catch (error) {
    return ended('cantTell', `the check itself broke: ${(error as Error)?.message ?? error}`)
  }
}

import type { GateCheck, GateFinding } from './gate-report.ts'

/** What a check returns: no errors among its findings is a pass; `skipped` and `cantTell` give the reason. */
export type CheckOutcome =
  | { examined: number; findings: GateFinding[] }
  | { skipped: string }
  | { cantTell: string }

/** Runs one check. Never rejects: an exception inside the check is `cantTell`, no verdict on the contract. */
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

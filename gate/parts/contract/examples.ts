import { examplesOf } from '../../../spec/examples.ts'
import { placeInContract } from '../../place-in-contract.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'
import { misfitsOf } from './misfits.ts'

/** Validates every example of the contract against its schema. */
export async function findMisfittingExamples({
  contract,
  file,
  sandbox,
}: Pick<ContractInputs, 'contract' | 'file' | 'sandbox'>): Promise<CheckOutcome> {
  const examples = examplesOf(contract.openapi)
  if (examples.length === 0) return { skipped: 'the contract gives no example' }
  const judged = await misfitsOf(contract.openapi, examples, sandbox)
  if ('cantTell' in judged) return judged
  const placed = examples.flatMap(({ place }, i) =>
    judged.value[i] ? [{ ...judged.value[i], at: placeInContract(contract, file, place) }] : [],
  )
  const findings = placed.flatMap((found) => {
    if ('undecided' in found) return []
    const message = `The example does not fit its schema: ${found.misfit}`
    return [{ rule: 'example', severity: 'error' as const, message, place: found.at }]
  })
  const [undecided] = placed.filter((found) => 'undecided' in found)
  if (undecided && 'undecided' in undecided && findings.length === 0)
    return { cantTell: `the example at ${undecided.at.file}:${undecided.at.line}: ${undecided.undecided}` }
  return { examined: examples.length, findings }
}

import { examplesOf } from '../../../spec/examples.ts'
import { schemasOf } from '../../../spec/schemas.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'

/** Validates every example of the contract against its schema. */
export function findMisfittingExamples({
  contract,
  file,
}: Pick<ContractInputs, 'contract' | 'file'>): CheckOutcome {
  const examples = examplesOf(contract.openapi)
  if (examples.length === 0) return { skipped: 'the contract gives no example' }
  const schemas = schemasOf(contract.openapi)
  const findings = examples.flatMap(({ place, schema, value, message: within }) => {
    const misfit = schemas.findMisfit(schema, value, within)
    if (!misfit) return []
    const line = contract.lineOf(place)
    const message = `The example does not fit its schema: ${misfit}`
    return [{ rule: 'example', severity: 'error' as const, message, place: { file, ...(line && { line }) } }]
  })
  return { examined: examples.length, findings }
}

import { nameResponse } from '../../spec/operation.ts'
import { ourContract } from '../../spec/our-contract.ts'
import { statements } from '../../spec/statements.ts'
import type { Report } from './report.ts'

/** The contract as reports name it, with everything that it requires of a deployment. */
export async function describeContract(): Promise<Report['contract']> {
  const { title, version, sha256, operations } = await ourContract()
  const responses = operations
    .filter(({ provenance }) => provenance === 'user')
    .flatMap((operation) => operation.responses.map((response) => nameResponse(operation, response)))
  return { title, version, sha256, answers: responses, statements }
}

import { methods } from '../../spec/compatibility/methods.ts'
import { counted } from '../../spec/counted.ts'
import { keysOf } from '../../spec/pointer.ts'
import type { GateFinding, Part } from '../gate-report.ts'
import { placeInContract } from '../place-in-contract.ts'
import { runGateCheck } from '../run-check.ts'
import { partOf } from '../verdict.ts'
import type { ContractInputs } from './contract/contract-inputs.ts'
import { findMisfittingExamples } from './contract/examples.ts'
import { findMisfittingFixtures } from './contract/fixtures.ts'
import { lint } from './contract/lint.ts'
import { loadInPrism } from './contract/prism.ts'

/** What a check examines, as the summary counts it. */
const units = { openapi: 'operation', lint: 'lint rule', examples: 'example', fixtures: 'fixture' }

/** Part 1: lint, examples, fixtures and Prism. That the document is valid was established when it was read. */
export async function contractPart(inputs: ContractInputs): Promise<Part> {
  const start = performance.now()
  const { contract } = inputs
  const count = countOperations(contract.openapi)
  // Runs in a process of its own, beside the others.
  const prism = runGateCheck('prism', 'Prism loads the contract', () => loadInPrism(contract.openapi, count))
  const checks = [
    await runGateCheck('openapi', 'The contract is a valid OpenAPI document', () => ({
      examined: count,
      findings: emptyListsIn(inputs),
    })),
    await runGateCheck('lint', 'The contract breaks no lint rule', () => lint(inputs)),
    await runGateCheck('examples', 'Every example fits its schema', () => findMisfittingExamples(inputs)),
    await runGateCheck('fixtures', 'The fixtures fit the schemas', () => findMisfittingFixtures(inputs)),
    await prism,
  ]
  const examined = checks.flatMap(({ id, examined }) =>
    id in units && examined > 0 ? [counted(examined, units[id as keyof typeof units])] : [],
  )
  const summary = `${contract.title} ${contract.version}: ${examined.join(', ')}`
  return partOf('contract', summary, checks, performance.now() - start)
}

const emptyListsIn = ({ contract, file }: ContractInputs): GateFinding[] =>
  contract.emptyLists.map((pointer) => ({
    rule: 'empty-list',
    severity: 'warning',
    message: `${keysOf(pointer).at(-1)} has no entry, which OpenAPI forbids; it is read as if it were not there`,
    place: placeInContract(contract, file, pointer),
  }))

function countOperations({ paths }: ContractInputs['contract']['openapi']): number {
  return Object.values(paths).flatMap((item) => methods.filter((method) => method in item)).length
}

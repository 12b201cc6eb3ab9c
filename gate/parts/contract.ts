import type { Part } from '../gate-report.ts'
import { runGateCheck } from '../run-check.ts'
import { partOf } from '../verdict.ts'
import type { ContractInputs } from './contract/contract-inputs.ts'
import { findMisfittingExamples } from './contract/examples.ts'
import { findMisfittingFixtures } from './contract/fixtures.ts'
import { lint } from './contract/lint.ts'
import { loadInPrism } from './contract/prism.ts'

/** Part 1: whether the contract is sound in itself and fits what was built on it. It is known to be valid by now. */
export async function contractPart(inputs: ContractInputs): Promise<Part> {
  const start = performance.now()
  const { contract } = inputs
  const count = contract.operations.length
  // Prism works in a process of its own meanwhile.
  const prism = runGateCheck('prism', 'Prism loads the contract', () => loadInPrism(contract.openapi, count))
  const checks = [
    await runGateCheck('openapi', 'The contract is a valid OpenAPI 3.0 document', () => ({
      examined: count,
      findings: [],
    })),
    await runGateCheck('lint', 'The contract breaks no lint rule', () => lint(inputs)),
    await runGateCheck('examples', 'Every example fits its schema', () => findMisfittingExamples(inputs)),
    await runGateCheck('fixtures', 'The fixtures fit the schemas', () => findMisfittingFixtures(inputs)),
    await prism,
  ]
  const looked = Object.fromEntries(checks.map(({ id, examined }) => [id, examined]))
  const summary = `${contract.title} ${contract.version}: ${count} operations, ${looked.lint} lint rules, ${looked.examples} examples, ${looked.fixtures} fixtures`
  return partOf('contract', summary, checks, performance.now() - start)
}

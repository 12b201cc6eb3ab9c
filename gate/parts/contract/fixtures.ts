import { valueAt } from '../../../spec/pointer.ts'
import { placeInContract } from '../../place-in-contract.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'
import { misfitsOf } from './misfits.ts'

/** The component schemas that describe fixtures. */
const described = { workspace: 'Workspace', organization: 'Organization' } as const

/** Validates workspaces and organizations of the fixtures against the contract's schemas. */
export async function findMisfittingFixtures({
  contract,
  file,
  fixtures,
  sandbox,
}: Omit<ContractInputs, 'lintConfig'>): Promise<CheckOutcome> {
  if (!fixtures) return { skipped: 'the fixtures are of another API; --fixtures DIR names some' }
  const values = [...fixtures.workspaces.values()].flatMap(({ workspace, organizations }) => [
    { kind: 'workspace' as const, value: workspace, home: workspace.id },
    ...organizations.map((value) => ({ kind: 'organization' as const, value, home: workspace.id })),
  ])
  const known = values.filter(({ kind }) => valueAt(contract.openapi, pointerTo(kind)) !== undefined)
  if (known.length === 0)
    return { skipped: `the contract describes no ${Object.values(described).join(' and no ')}` }
  const candidates = known.map(({ kind, value }) => ({
    schema: pointerTo(kind),
    value,
    message: 'response' as const,
  }))
  const judged = await misfitsOf(contract.openapi, candidates, sandbox)
  if ('cantTell' in judged) return judged
  const findings = known.flatMap(({ kind, value, home }, i) => {
    const found = judged.value[i]
    if (!found) return []
    const place = placeInContract(contract, file, pointerTo(kind))
    const what =
      'misfit' in found
        ? `does not fit ${described[kind]}: ${found.misfit}`
        : `could not be judged: ${found.undecided}`
    const message = `The fixture ${value.id} of workspace ${home} ${what}`
    return [{ rule: 'fixture', severity: 'error' as const, message, place }]
  })
  return { examined: known.length, findings }
}

const pointerTo = (kind: keyof typeof described) => `/components/schemas/${described[kind]}`

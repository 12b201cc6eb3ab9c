import { schemasOf } from '../../../spec/schemas.ts'
import type { CheckOutcome } from '../../run-check.ts'
import type { ContractInputs } from './contract-inputs.ts'

/** The component schemas that describe fixtures. */
const described = { workspace: 'Workspace', organization: 'Organization' } as const

/** Validates workspaces and organizations of the fixtures against the contract's schemas. */
export function findMisfittingFixtures({
  contract,
  file,
  fixtures,
}: Omit<ContractInputs, 'lintConfig'>): CheckOutcome {
  if (!fixtures) return { skipped: 'the fixtures are of another API; --fixtures DIR names some' }
  const schemas = schemasOf(contract.openapi)
  const values = [...fixtures.workspaces.values()].flatMap(({ workspace, organizations }) => [
    { kind: 'workspace' as const, value: workspace, home: workspace.id },
    ...organizations.map((value) => ({ kind: 'organization' as const, value, home: workspace.id })),
  ])
  const known = values.filter(({ kind }) => schemas.has(pointerTo(kind)))
  if (known.length === 0)
    return { skipped: `the contract describes no ${Object.values(described).join(' and no ')}` }
  const findings = known.flatMap(({ kind, value, home }) => {
    const pointer = pointerTo(kind)
    const misfit = schemas.findMisfit(pointer, value, 'response')
    if (!misfit) return []
    const line = contract.lineOf(pointer)
    const message = `The fixture ${value.id} of workspace ${home} does not fit ${described[kind]}: ${misfit}`
    return [{ rule: 'fixture', severity: 'error' as const, message, place: { file, ...(line && { line }) } }]
  })
  return { examined: known.length, findings }
}

const pointerTo = (kind: keyof typeof described) => `/components/schemas/${described[kind]}`

import { usageExport } from '../conformance/operations/usage-export.ts'
import { type ContractDocument, contractFile } from '../spec/contract-document.ts'
import { withoutParameterNames } from '../spec/operation.ts'
import { type PartName, partNames } from './gate-report.ts'

/** Why a part is not run; absent for those that are. */
export type SkippedParts = Partial<Record<PartName, string>>

/** What the options of a run give, before anything is read. */
export interface PartRequest {
  /** As `--parts` names them; absent: all that have what they need. */
  parts?: PartName[]
  hasBase: boolean
  hasDeployment: boolean
}

const inputs = {
  compatibility: '--base FILE or git:REF',
  deployment: '--target URL and --profile FILE, or --self',
}

/** Decides which parts run. Throws where a part that `--parts` names lacks its inputs. */
export function skippedParts({ parts, hasBase, hasDeployment }: PartRequest): SkippedParts {
  const given = { contract: true, compatibility: hasBase, coverage: true, deployment: hasDeployment }
  const reasons = partNames.map((name): [PartName, string | undefined] => {
    if (parts && !parts.includes(name)) return [name, 'not among --parts']
    if (given[name]) return [name, undefined]
    const needed = inputs[name as keyof typeof inputs]
    if (parts) throw new Error(`--parts ${name} needs ${needed}`)
    return [name, `needs ${needed}`]
  })
  return Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined))
}

/**
 * Whether a contract describes the API that the suite checks. Coverage and the project's fixtures are about that API:
 * another contract is held against them only when asked for, whatever its schemas are called.
 */
export function describesOurApi({
  file,
  operations,
}: Pick<ContractDocument, 'file' | 'operations'>): boolean {
  return (
    file === contractFile ||
    operations.some(
      ({ method, path }) =>
        method === 'get' && withoutParameterNames(path) === withoutParameterNames(usageExport.path),
    )
  )
}

import type { Check } from '../../conformance/catalogue/check.ts'
import { cite } from '../../conformance/catalogue/sources.ts'
import type { ContractDocument } from '../../spec/contract-document.ts'
import { counted } from '../../spec/counted.ts'
import { withoutParameterNames } from '../../spec/operation.ts'
import { join } from '../../spec/pointer.ts'
import { lineOfStatement, type Statement } from '../../spec/statements.ts'
import type { Part } from '../gate-report.ts'
import { placeInContract } from '../place-in-contract.ts'
import { runGateCheck } from '../run-check.ts'
import { partOf } from '../verdict.ts'

export interface CoverageInputs {
  contract: ContractDocument
  /** Names the contract in places. */
  file: string
  checks: Pick<Check, 'covers' | 'source'>[]
  statements: Statement[]
  /** Names the file of the statements in places. */
  statementsFile: string
}

/** Part 3: whether a check covers each documented response, and cites each statement about the report. */
export async function coveragePart(inputs: CoverageInputs): Promise<Part> {
  const start = performance.now()
  const responses = await runGateCheck('answers', 'Every documented response is covered by a check', () =>
    findUncoveredResponses(inputs),
  )
  const statements = await runGateCheck(
    'statements',
    'Every statement about the report is cited by a check',
    () => findUncitedStatements(inputs),
  )
  const covered = ({ examined, findings }: typeof responses, unit: string) =>
    `${examined - findings.length} of ${counted(examined, unit)}`
  const summary = `${covered(responses, 'documented response')}, ${covered(statements, 'statement')} about the report`
  return partOf('coverage', summary, [responses, statements], performance.now() - start)
}

/** Only responses of the user's operations (`x-provenance`; without it, all are). */
function findUncoveredResponses({ contract, file, checks }: CoverageInputs) {
  const covered = new Set<string>(checks.flatMap(({ covers }) => covers).map(withoutParameterNames))
  const documented = contract.operations
    .filter(({ provenance }) => provenance === 'user')
    .flatMap(({ method, path }) => {
      const responses = contract.openapi.paths[path]?.[method]?.responses ?? {}
      const place = join(join(join('/paths', path), method), 'responses')
      return Object.keys(responses).map((status) => ({
        name: `${method.toUpperCase()} ${path} ${status}`,
        pointer: join(place, status),
      }))
    })
  if (documented.length === 0) return { skipped: 'the contract holds no operation of the user' }
  const findings = documented
    .filter(({ name }) => !covered.has(withoutParameterNames(name)))
    .map(({ name, pointer }) => ({
      rule: 'uncovered-answer',
      severity: 'error' as const,
      message: `No check covers ${name}`,
      place: placeInContract(contract, file, pointer),
    }))
  return { examined: documented.length, findings }
}

function findUncitedStatements({ checks, statements, statementsFile }: CoverageInputs) {
  const cited = new Set(
    checks.map(({ source }) => cite(source)).map(({ document, anchor }) => `${document}#${anchor}`),
  )
  const findings = statements
    .filter(({ anchor }) => !cited.has(`report#${anchor}`))
    .map((statement) => ({
      rule: 'uncited-statement',
      severity: 'error' as const,
      message: `No check cites "${statement.title}" (report#${statement.anchor})`,
      place: { file: statementsFile, line: lineOfStatement(statement) },
    }))
  return { examined: statements.length, findings }
}

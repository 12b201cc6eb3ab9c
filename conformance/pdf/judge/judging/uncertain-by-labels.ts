import { coverage } from '../inference/coverage.ts'
import { weights } from '../inference/weights.ts'
import type { ExpectedFigures, Role } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import { areUnexplained, type Placed } from '../reading/roles.ts'
import { paths } from './compare.ts'
import { figuresBeside } from './figures-beside.ts'
import type { Finding } from './finding.ts'
import { mayBeWords } from './zero-words.ts'

const roles = ['direct', 'subtree', 'limit'] as const

/** How a report's figures of one type and role agree with the data. */
interface Column {
  right: number
  /** Findings, and those whose figure stands beside the name as something else. */
  blamed: number
  uncertain: Finding[]
}

/** What a reading that labels decide leaves open. */
export function uncertainByLabels(findings: Finding[], understood: Understood, context: ExpectedFigures) {
  const uncertain = uncertainFindings(findings, understood, context)
  const open = (sure: Finding[]) => {
    const { needed, shown } = coverage(understood, context)
    const isExplained = shown >= weights.wellExplained * needed
    if (!isExplained && areUnexplained(understood.placed, understood.roles))
      return 'What most figures are figures of cannot be told: neither labels nor data explain them'
    if (uncertain.size > sure.length)
      return `${uncertain.size} figures stand beside their organizations, but it cannot be told what they are figures of`
    return belongToOtherRecords(sure, understood, context)
      ? 'Most figures that seem to be missing are in the report, but it cannot be told whose they are'
      : null
  }
  return { uncertain, open }
}

/**
 * Findings that may be the reading's fault and not the report's: the figure stands among its organization's, where
 * nothing says what it is, or where a column that hardly ever agrees with the data was taken for another one.
 */
function uncertainFindings(
  findings: Finding[],
  understood: Understood,
  facts: ExpectedFigures,
): Set<Finding> {
  const own = figuresBeside(understood)
  const columns = new Map<string, Column>()
  for (const type of facts.types)
    for (const role of roles)
      columns.set(`${paths[role]}.${type}`, {
        right: countRight(own, type, role, understood, facts),
        blamed: 0,
        uncertain: [],
      })
  const uncertain = mayBeWords(findings, understood, facts)
  const index = new Map(facts.organizations.map(({ id }, at) => [id, at]))
  for (const finding of findings) {
    const column = finding.field === undefined ? undefined : columns.get(finding.field)
    if (!column) continue
    column.blamed += 1
    const at = index.get(finding.organization!)!
    const left = (own.get(at) ?? []).filter(
      (each) => String(each.value.value) === finding.expected && !isBorneOut(each, at, understood, facts),
    )
    if (left.length === 0 || isSaid(own.get(at) ?? [], finding)) continue
    column.uncertain.push(finding)
    const isOpen = left.some(({ cellAddress }) => !understood.roles.has(cellAddress.id))
    if (isOpen && finding.found === undefined) uncertain.add(finding)
  }
  for (const { right, blamed, uncertain: all } of columns.values())
    if (blamed >= right && all.length >= 0.5 * blamed) for (const finding of all) uncertain.add(finding)
  return uncertain
}

/**
 * Whether most figures that organizations lack stand in the document all the same, where they are nobody's or another
 * one's that they do not fit. Two rows may be exchanged; where it is many, the reading does not see whose they are.
 */
function belongToOtherRecords(findings: Finding[], understood: Understood, facts: ExpectedFigures): boolean {
  const about = new Map(understood.passages.map(({ anchor, organization }) => [anchor, organization]))
  const lacking = new Set(findings.map(({ organization, expected }) => `${organization}=${expected}`))
  const astray = new Map<number, number>()
  for (const each of understood.placed) {
    const { value, owner, cellAddress } = each
    if (value.kind !== 'number' || cellAddress.figure === 'other' || value.value === null) continue
    const at = owner && about.get(owner)
    if (at !== null && at !== undefined) {
      // Beside whom it belongs to, it stands under the wrong words, and it is plain whose it is.
      const isOwn = lacking.has(`${facts.organizations[at]!.id}=${value.value}`)
      if (isOwn || isBorneOut(each, at, understood, facts)) continue
    }
    astray.set(value.value, (astray.get(value.value) ?? 0) + 1)
  }
  // Small numbers stand everywhere.
  const telling = findings.filter(({ field, expected }) => field !== undefined && Number(expected) >= 10)
  const found = telling.filter(({ expected }) => {
    const left = astray.get(Number(expected)) ?? 0
    astray.set(Number(expected), left - 1)
    return left > 0
  })
  const touched = new Set(found.map(({ organization }) => organization)).size
  return found.length >= 0.6 * telling.length && touched > Math.max(3, 0.15 * facts.organizations.length)
}

/** Whether words beside the figure that is blamed say which one it is. */
function isSaid(own: Placed[], { found }: Finding): boolean {
  return own.some(
    ({ value, cellAddress }) =>
      String(value.value) === found &&
      cellAddress.near &&
      cellAddress.types.length === 1 &&
      cellAddress.figure !== null,
  )
}

function isBorneOut(
  { cellAddress, value }: Placed,
  at: number,
  understood: Understood,
  facts: ExpectedFigures,
): boolean {
  const assigned = understood.roles.get(cellAddress.id)
  return assigned !== undefined && facts.expected(at, assigned.type, assigned.role) === value.value
}

function countRight(
  own: Map<number, Placed[]>,
  type: string,
  role: Role,
  understood: Understood,
  facts: ExpectedFigures,
): number {
  let count = 0
  for (const [at, figures] of own)
    for (const each of figures) {
      const assigned = understood.roles.get(each.cellAddress.id)
      if (assigned?.type === type && assigned.role === role && isBorneOut(each, at, understood, facts))
        count += 1
    }
  return count
}

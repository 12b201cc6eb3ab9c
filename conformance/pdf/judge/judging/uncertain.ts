import { coverage } from '../inference/coverage.ts'
import { weights } from '../inference/weights.ts'
import type { ExpectedFigures, Role } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import { areUnexplained, type Placed } from '../reading/roles.ts'
import { paths } from './compare.ts'
import type { Finding } from './finding.ts'
import { saidToBeZero } from './zero-words.ts'

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
    if (areUnexplained(understood.placed, understood.roles))
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
 * What a reading that the data decided leaves open: places that agree with the data too seldom to tell a defect from a
 * wrong meaning, and documents of which it explains too little.
 */
export function uncertainBySearch(findings: Finding[], understood: Understood, context: ExpectedFigures) {
  const rates = new Map<string, number>()
  for (const { type, role, rate } of understood.roles.values()) {
    const field = `${paths[role]}.${type}`
    rates.set(field, Math.max(rate, rates.get(field) ?? 0))
  }
  const index = new Map(context.organizations.map(({ id }, at) => [id, at]))
  const own = figuresBeside(understood)
  // What stands in the record without a meaning may be what is missed.
  const mayBeThere = ({ organization, expected }: Finding) =>
    (own.get(index.get(organization!)!) ?? []).some(
      ({ value, cellAddress }) => !understood.roles.has(cellAddress.id) && String(value.value) === expected,
    )
  const isWellRead = (finding: Finding) =>
    (rates.get(finding.field!) ?? 1) >= weights.solid || isWorded(finding, own, index, understood)
  const worded = mayBeWords(findings, understood, context)
  const uncertain = new Set(
    findings.filter(
      (finding) =>
        finding.field !== undefined && (!isWellRead(finding) || mayBeThere(finding) || worded.has(finding)),
    ),
  )
  const named = new Set(understood.passages.map(({ organization }) => organization))
  const { needed, shown, unexplained } = coverage(understood, context, (at) => named.has(at))
  const numbers = [...unexplained.values()].reduce((sum, count) => sum + count, 0)
  const open = (sure: Finding[]) => {
    // What stands nowhere is no figure that was misread.
    const misread = Math.min(needed - shown, numbers)
    if (misread > (1 - weights.explained) * needed)
      return `Only ${shown} of the ${needed} figures of the organizations in the report could be found in it`
    const isOpen = ({ found = '', expected }: Finding) =>
      /\d/.test(found) || unexplained.has(Number(expected))
    const victims = new Set(
      sure.filter((each) => each.field && isOpen(each)).map(({ organization }) => organization),
    ).size
    if (victims > Math.max(weights.fewVictims, weights.victimShare * named.size))
      return `The figures of ${victims} organizations differ from the data: likelier they are misread than all wrong`
    if (uncertain.size > sure.length)
      return `${uncertain.size} figures differ from the data where most others do too: what they are figures of cannot be told`
    return null
  }
  return { uncertain, open }
}

/** Limits of 0 that seem to be missing where a word that is not known may say them. */
function mayBeWords(findings: Finding[], understood: Understood, context: ExpectedFigures): Set<Finding> {
  const zeros = findings.filter(
    ({ kind, expected, found = '' }) => kind === 'missing-limit' && expected === '0' && !/\d/.test(found),
  )
  if (zeros.length === 0) return new Set()
  const said = saidToBeZero(understood, context)
  const ids = new Set([...said].map((at) => context.organizations[at]!.id))
  return new Set(zeros.filter(({ organization }) => ids.has(organization!)))
}

/** Whether words around the figure that is blamed say that it is this one: type and role both. */
function isWorded(
  { organization, field, found }: Finding,
  own: ReadonlyMap<number, Placed[]>,
  index: ReadonlyMap<string, number>,
  { roles: assigned }: Understood,
): boolean {
  return (own.get(index.get(organization!)!) ?? []).some(({ value, cellAddress }) => {
    const meaning = assigned.get(cellAddress.id)
    if (!meaning || String(value.value) !== found || `${paths[meaning.role]}.${meaning.type}` !== field)
      return false
    const isFigure =
      meaning.role === 'limit'
        ? cellAddress.figure === 'limit'
        : /usage|direct|subtree/.test(cellAddress.figure ?? '')
    return isFigure && cellAddress.types.length === 1 && cellAddress.types[0] === meaning.type
  })
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

/** The numbers that stand beside each organization's name, by its index. */
function figuresBeside({ passages, placed }: Understood): Map<number, Placed[]> {
  const about = new Map(passages.map(({ anchor, organization }) => [anchor, organization]))
  const own = new Map<number, Placed[]>()
  for (const each of placed) {
    const at = each.owner && about.get(each.owner)
    if (
      at === null ||
      at === undefined ||
      each.value.kind !== 'number' ||
      each.cellAddress.figure === 'other'
    )
      continue
    const list = own.get(at)
    if (list) list.push(each)
    else own.set(at, [each])
  }
  return own
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

/** What is wrong whatever the figures mean: names that are nowhere, and identified organizations of others. */
export function withoutFigures(
  compared: Finding[],
  foreign: Finding[],
  { mentions }: Understood,
  facts: ExpectedFigures,
): Finding[] {
  const named = new Set(mentions.flatMap(({ candidates }) => candidates))
  const index = new Map(facts.organizations.map(({ id }, at) => [id, at]))
  const absent = compared.filter(
    ({ kind, organization }) => kind === 'missing-organization' && !named.has(index.get(organization!)!),
  )
  const isListOfNames = absent.length < 0.5 * facts.organizations.length
  return [
    ...(isListOfNames ? absent : []),
    ...foreign.filter(({ organization }) => organization !== undefined),
  ]
}

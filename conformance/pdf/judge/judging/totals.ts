import { type Line, textOf } from '../../pages/page.ts'
import type { ExpectedFigures, Role } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import type { Placed } from '../reading/roles.ts'
import type { Value } from '../reading/values.ts'
import { sumOverAll } from '../vocabulary/vocabulary.ts'
import { boxOf } from './compare.ts'
import type { Finding } from './finding.ts'

/** A sum below a column of usage figures. */
interface Total {
  value: Value
  type: string
  role: Role
  /** What the cells above it on its page come to. */
  above: number
}

/**
 * Sums below columns of usage figures that are not the sum of what they total. Where a report has several for one type,
 * they are those of groups or pages, of which nothing is known.
 */
export function findWrongTotals(understood: Understood, facts: ExpectedFigures): Finding[] {
  const totals: Total[] = []
  let previous: Line | undefined
  for (const sums of sumLines(understood)) {
    const { line } = sums[0]!
    const found = totalsAmong(sums, previous?.plane === line.plane ? previous.y : 0, understood)
    previous = line
    const isCount = sums.every(({ value }) => value === facts.organizations.length)
    if (found.length === 0 && !isCount) return []
    totals.push(...found)
  }
  return totals
    .filter(({ type }) => totals.filter((other) => other.type === type).length === 1)
    .flatMap(({ value, type, role, above }) => {
      const sums = [...sumsOf(type, role, facts), above]
      return sums.includes(Number(value.value)) ? [] : [wrong(value, type, sums[0]!)]
    })
}

/** The numbers of each line that begins with a word for the sum of all. */
function sumLines({ lines, contents, placed, roles }: Understood): Value[][] {
  const figures = new Set(placed.filter((each) => isFigure(each, roles)).map(({ value }) => value))
  return lines.flatMap((line) => {
    if (!sumOverAll.test(textOf(line.segments[0]!.words))) return []
    const numbers = line.segments
      .flatMap((segment) => contents.get(segment)!.values)
      .filter((value) => value.kind === 'number' && !figures.has(value))
    return numbers.length > 0 ? [numbers] : []
  })
}

/** Those that stand below a column of one type's usage, which begins below `since`. */
function totalsAmong(sums: Value[], since: number, { placed, roles }: Understood): Total[] {
  const cells = placed.filter((each) => isFigure(each, roles) && each.value.line.y > since)
  return sums.flatMap((value): Total[] => {
    const column = cells.filter((cell) => isAbove(cell.value, value))
    const [{ type, role } = { type: '', role: 'limit' as const }] = column.map(
      ({ slot }) => roles.get(slot.id)!,
    )
    const isOne = column.every(({ slot }) => {
      const assigned = roles.get(slot.id)!
      return assigned.type === type && assigned.role === role
    })
    if (!isOne || role === 'limit' || column.length < 3) return []
    return [{ value, type, role, above: add(column.map((cell) => Number(cell.value.value))) }]
  })
}

/** A number of an organization in a place where most are as the data has them. */
function isFigure({ owner, value, carried, slot }: Placed, roles: Understood['roles']): boolean {
  const isOwned = !!owner && owner.candidates.length > 0 && !carried
  return isOwned && value.kind === 'number' && (roles.get(slot.id)?.rate ?? 0) >= 0.8
}

/** In the same column: set to the right, to the left or to the middle of the same line. */
function isAbove(upper: Value, lower: Value): boolean {
  if (upper.line.plane !== lower.line.plane || upper.line.y >= lower.line.y) return false
  const near = (a: number, b: number) => Math.abs(a - b) < 2
  return (
    near(upper.x1, lower.x1) || near(upper.x0, lower.x0) || near(upper.x0 + upper.x1, lower.x0 + lower.x1)
  )
}

const add = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0)

/** What a total over all organizations may be: each counted once, or a column of sums added as it stands. */
function sumsOf(type: string, role: Role, facts: ExpectedFigures): number[] {
  const all = facts.organizations.map((_, at) => at)
  const top = all.filter((at) => facts.ancestors[at]!.length === 0)
  const sum = (of: number[], figure: Role) => add(of.map((at) => facts.expected(at, type, figure) ?? 0))
  return [sum(all, 'direct'), sum(top, 'subtree'), ...(role === 'subtree' ? [sum(all, 'subtree')] : [])]
}

function wrong(value: Value, type: string, expected: number): Finding {
  const { page } = value.line.plane
  return {
    kind: 'wrong-total',
    field: type,
    expected: String(expected),
    found: value.text,
    page,
    message: `The ${type} of all organizations come to ${expected} in the data, the report totals ${value.text} (page ${page})`,
    box: boxOf(value),
  }
}

import type { Line } from '../../pages/page.ts'
import type { Assigned, ExpectedFigures } from '../reading/expectation.ts'
import { fold } from '../reading/normalize.ts'
import { organizationsOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Value } from '../reading/values.ts'
import { summary } from '../vocabulary/vocabulary.ts'
import { weights } from '../weights.ts'
import { type Scopes, type UsageCell, UsageColumn } from './usage-column.ts'

/** A number in a row that is no organization's, where organizations have one of their usage figures. */
export interface SumCell {
  value: Value
  type: string
  role: 'direct' | 'subtree'
  /** The words of its row without names, with `#` for digits. */
  key: string
  /** The words of its row as they stand there. */
  label: string
  /** What it may come to, by the way to choose what it sums up. */
  scopes: Scopes
  /** Whether it is the figure of the row above once more. */
  isCopy: boolean
}

/** All numbers that may be sums, in order of appearance. */
export function sumCellsIn(understood: Understood, context: ExpectedFigures): SumCell[] {
  const order = new Map(understood.lines.map((line, at) => [line, at]))
  const words = wordsOfLines(understood)
  const { cells, numbers } = apart(cellsOfRecords(understood, order), words, understood, context)
  const usage = cells.filter(isUsage)
  const columns = new Map(
    [...Map.groupBy(usage, ({ assigned }) => keyOf(assigned))].map(([key, own]) => [
      key,
      new UsageColumn(own, context),
    ]),
  )
  const latest = new Map<string, number>()
  let previous = -1
  let above = 0
  return [...Map.groupBy(numbers, ({ value }) => value.line)]
    .map(([line, own]) => ({ line, own, at: order.get(line)! }))
    .sort((a, b) => a.at - b.at)
    .flatMap(({ line, own, at }) => {
      while (above < cells.length && cells[above]!.at < at) above += 1
      const nearest = cells.slice(Math.max(0, above - weights.sumLookBack), above)
      const row = words.get(line)
      if (!row) return []
      const after = { row: previous, alike: latest.get(row.key) ?? -1 }
      const next = cells.slice(above, above + weights.sumLookBack)
      const sums = own.flatMap(({ value, cellAddress }): SumCell[] => {
        const isWorded = cellAddress.near && cellAddress.types.length === 1
        const said = understood.roles.get(cellAddress.id)
        const meaning =
          meaningAbove(value, said?.type, next, nearest) ??
          meaningOf(value, isWorded ? said : undefined, nearest)
        if (!meaning || meaning.role === 'limit') return []
        const { type, role } = meaning
        const scopes = columns.get(keyOf(meaning))?.scopes(at, after, row.named)
        const above = nearest.findLast(({ assigned }) => keyOf(assigned) === keyOf(meaning))
        const isCopy = above?.value.value === value.value
        return scopes ? [{ value, type, role, key: row.key, label: row.label, scopes, isCopy }] : []
      })
      if (sums.length > 0) {
        previous = at
        latest.set(row.key, at)
      }
      return sums
    })
}

/** Whether it is the sum of anything. */
export function isSum({ value, scopes }: SumCell): boolean {
  return [...scopes.values()].some((known) => known.includes(value.value!))
}

/**
 * The lines whose numbers are sums, whatever their words: most of them those of the same choice of rows. What repeats the
 * row above is a sum of it alone only where others in the same words sum up more.
 */
export function linesOfSums(understood: Understood, context: ExpectedFigures): Set<Line> {
  const sums = sumCellsIn(understood, context).filter(({ value }) => value.value !== 0)
  const telling = new Set(sums.flatMap(({ isCopy, key }) => (isCopy ? [] : [key])))
  return new Set(
    [...Map.groupBy(sums, ({ value }) => value.line)].flatMap(([line, own]) => {
      if (!telling.has(own[0]!.key)) return []
      const scopes = new Set(own.flatMap((sum) => [...sum.scopes.keys()]))
      const fitting = [...scopes].map((scope) =>
        own.filter(({ value, scopes: known }) => known.get(scope)?.includes(value.value!)),
      )
      const isClear = (some: SumCell[]) =>
        some.length === own.length ||
        (some.length > 0.5 * own.length && some.some(({ value }) => value.value! >= weights.telling))
      return fitting.some(isClear) ? [line] : []
    }),
  )
}

const keyOf = ({ type, role }: Assigned) => `${type}|${role}`

const isUsage = ({ assigned }: UsageCell) => assigned.role !== 'limit'

/** The figures of organizations, limits too, in order of appearance. */
function cellsOfRecords({ placed, passages, roles }: Understood, order: Map<Line, number>): UsageCell[] {
  const organizationOf = organizationsOf(passages)
  const cells = placed.flatMap(({ owner, value, carried, cellAddress }): UsageCell[] => {
    const organization = carried ? null : organizationOf(owner)
    const assigned = roles.get(cellAddress.id)
    if (typeof organization !== 'number' || value.kind !== 'number' || !assigned) return []
    return assigned.rate >= weights.reliable
      ? [{ value, organization, assigned, at: order.get(value.line)! }]
      : []
  })
  return cells.sort((a, b) => a.at - b.at)
}

/**
 * Figures of organizations, and numbers that may be sums: those of nobody, and those on lines that have words for a sum,
 * or that name an organization and show what it does not use.
 */
function apart(
  all: UsageCell[],
  words: ReadonlyMap<Line, RowWords>,
  understood: Understood,
  context: ExpectedFigures,
) {
  const isOwn = ({ value, organization, assigned }: UsageCell) =>
    context.agrees(value, organization, assigned)
  const odd = new Set(all.filter((cell) => isUsage(cell) && !isOwn(cell)).map(({ value }) => value.line))
  const sumLines = new Set(
    [...words].flatMap(([line, { key }]) => (odd.has(line) || summary.test(key) ? [line] : [])),
  )
  const cells = all.filter(({ value }) => !sumLines.has(value.line))
  const numbers = understood.placed.filter(
    ({ owner, value }) =>
      value.kind === 'number' &&
      (sumLines.has(value.line) || owner === null || owner.candidates.length === 0),
  )
  return { cells, numbers }
}

/** The words before the numbers of a row, and whom they name. */
interface RowWords extends Pick<SumCell, 'key' | 'label'> {
  named: number[]
}

/** Of all lines that have words and a number. */
function wordsOfLines({ lines, contents, mentions }: Understood): Map<Line, RowWords> {
  const named = Map.groupBy(mentions, ({ stretches }) => stretches[0].segment)
  return new Map(
    lines.flatMap((line): [Line, RowWords][] => {
      const all = line.segments.map((segment) => contents.get(segment)!)
      const first = all.find(({ text }) => /\p{L}/u.test(text))
      if (!first || all.every(({ values }) => values.length === 0)) return []
      const end = first.values.find(({ kind }) => kind === 'number')?.start ?? first.text.length
      const label = first.text.slice(0, end)
      const candidates = (named.get(first.segment) ?? []).flatMap((each) => each.candidates)
      return [[line, { key: withoutNames(label, first.mentions), label: label.trim(), named: candidates }]]
    }),
  )
}

function withoutNames(text: string, names: [number, number][]): string {
  let words = ''
  let from = 0
  for (const [start, end] of names) {
    words += text.slice(from, start)
    from = end
  }
  return fold((words + text.slice(from)).replace(/\d+/g, '#'))
}

/** What the next figures of its column are, where its heads say the type of these and not of those above it. */
function meaningAbove(value: Value, type: string | undefined, next: UsageCell[], above: UsageCell[]) {
  const inColumn = (cell: UsageCell) => isAligned(cell.value, value)
  const [first, last] = [next.find(inColumn)?.assigned, above.findLast(inColumn)?.assigned]
  return first?.type === type && last?.type !== type ? first : undefined
}

/** What the figures above a number are, where all in its column are of one kind, or what words on its line say. */
function meaningOf(value: Value, said: Assigned | undefined, nearest: UsageCell[]): Assigned | undefined {
  const above = nearest.filter((cell) => isAligned(cell.value, value)).slice(-weights.sumColumn)
  const [first] = above
  if (first)
    return above.every(({ assigned }) => keyOf(assigned) === keyOf(first.assigned))
      ? first.assigned
      : undefined
  return said ? (said.rate >= weights.reliable ? said : undefined) : nearestColumn(value, nearest)
}

/** In the same column: set to the right, to the left or to the middle of the same line. */
function isAligned(upper: Value, lower: Value): boolean {
  const near = (a: number, b: number) => Math.abs(a - b) < 2
  return (
    near(upper.x1, lower.x1) || near(upper.x0, lower.x0) || near(upper.x0 + upper.x1, lower.x0 + lower.x1)
  )
}

/** What the last rows above show clearly closer to a number than anything else: rows of sums may be set as headings are. */
function nearestColumn(value: Value, nearest: UsageCell[]): Assigned | undefined {
  const lines = [...new Set(nearest.map(({ at }) => at))].slice(-weights.sumColumn)
  const gapTo = (own: UsageCell[]) =>
    Math.max(
      0,
      Math.min(...own.map((cell) => cell.value.x0)) - value.x1,
      value.x0 - Math.max(...own.map((cell) => cell.value.x1)),
    )
  const rows = nearest.filter(
    ({ at, value: { line } }) => lines.includes(at) && line.layer === value.line.layer,
  )
  const [best, second] = [...Map.groupBy(rows, ({ assigned }) => keyOf(assigned)).values()]
    .map((own) => ({ assigned: own[0]!.assigned, gap: gapTo(own) }))
    .sort((a, b) => a.gap - b.gap)
  return best && second && best.gap < weights.nearColumn * second.gap ? best.assigned : undefined
}

import { firstBeyond } from '../binary-search.ts'
import { wordsOf } from '../reading/normalize.ts'
import type { Placed } from '../reading/ownership.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import type { Clues } from './clues.ts'

/** Where in its record a quantity stands: those with the same address are the same figure of different organizations. */
export type Address = (each: Placed, clues: Clues) => string

type Side = (clues: Clues) => string

/** Columns by the side that their cells are set to: places closer together than the tolerance, in points, are one. */
function columnsBy(all: Iterable<Clues>, place: (clues: Clues) => number, tolerance: number): Side {
  const places = [...new Set([...all].map((clues) => Math.round(place(clues) * 2) / 2))].sort((a, b) => a - b)
  const starts = places.filter((x, at) => at === 0 || x - places[at - 1]! > tolerance)
  return (clues) => {
    const x = place(clues) + 0.3
    return String(firstBeyond([0, starts.length], (at) => starts[at]! <= x))
  }
}

type SideName = 'right' | 'left' | 'middle'

/** What strategies share of the quantities of one document under one ownership. */
interface Shared {
  sides: Record<SideName, Side>
  counts: ReturnType<typeof countsOf>
}

type Strategy = (each: Placed, clues: Clues, shared: Shared) => string

const bySide = (name: SideName): Record<string, Strategy> => ({
  [name]: (_, own, { sides }) => sides[name](own),
  [`${name}Row`]: (_, own, { sides }) => `${sides[name](own)}|${own.rowLabel}`,
  [`${name}Clause`]: (_, own, { sides }) => `${sides[name](own)}|${own.clause}#${own.nth}`,
  [`${name}Nth`]: (_, own, { sides }) => `${sides[name](own)}#${own.nthInText}`,
  [`${name}Title`]: (_, own, { sides }) => `${own.title}|${sides[name](own)}`,
  [`${name}TitleNth`]: (_, own, { sides }) => `${own.title}|${sides[name](own)}#${own.nthInText}`,
  [`${name}Line`]: (each, own, { sides, counts }) => `${sides[name](own)}/${counts.inColumn(each)}`,
})

/** The strategies, by name; where two of them part the quantities alike, the first is used. */
export const addressingStrategies: Record<string, Strategy> = {
  clause: (_, { clause, nth }) => `${clause}#${nth}`,
  prefix: (_, { prefix }) => prefix,
  place: ({ cellAddress }, { clause, nth }) => `${cellAddress.place}|${clause}#${nth}`,
  leadClause: (_, { lead, clause, nth }) => `${lead}|${clause}#${nth}`,
  leadNth: (_, { lead, nthInText }) => `${lead}#${nthInText}`,
  before: (_, { before }) => before,
  rowClause: (_, { rowLabel, clause, nth }) => `${rowLabel}|${clause}#${nth}`,
  rowNth: (each, { rowLabel }, { counts }) => `${rowLabel}#${counts.lineOf(each)}`,
  titleClause: (_, { title, clause, nth }) => `${title}|${clause}#${nth}`,
  titleNth: (each, { title }, { counts }) => `${title}#${counts.lineOf(each)}`,
  nth: (each, _, { counts }) => `${counts.inRecord(each)}`,
  offset: ({ value, owner }) => offset(value, value.x0, owner),
  offsetRight: ({ value, owner }) => offset(value, value.x1, owner),
  labelled: ({ cellAddress }) => cellAddress.id,
  labelledWhole: ({ cellAddress }) => cellAddress.whole,
  ...bySide('right'),
  ...bySide('left'),
  ...bySide('middle'),
}

/** The addresses of each strategy for the quantities of one document under one ownership. */
export function addressings(placed: Placed[], clues: Map<Placed['value'], Clues>): Record<string, Address> {
  const all = placed.map(({ value }) => clues.get(value)!)
  const sides = {
    right: columnsBy(all, ({ x1 }) => x1, 3),
    left: columnsBy(all, ({ x0 }) => x0, 3),
    middle: columnsBy(all, ({ x0, x1 }) => (x0 + x1) / 2, 4),
  }
  const shared: Shared = { sides, counts: countsOf(placed, clues, sides.left) }
  return Object.fromEntries(
    Object.entries(addressingStrategies).map(([name, strategy]): [string, Address] => [
      name,
      (each, own) => strategy(each, withoutName(own, each), shared),
    ]),
  )
}

/** The name of an organization that is not known labels no row. */
function withoutName(clues: Clues, { owner }: Placed): Clues {
  return owner && clues.rowLabel !== '' && clues.rowLabel === wordsOf(owner.text)
    ? { ...clues, rowLabel: '' }
    : clues
}

const offset = ({ line }: Placed['value'], x: number, owner: RecordAnchor | null) =>
  owner ? `${Math.round((x - owner.x) / 8)}/${Math.round((line.y - owner.line.y) / (0.5 * line.size))}` : ''

/** Which quantity of its line, of its record, and of its record's column each is. */
function countsOf(placed: Placed[], clues: Map<Placed['value'], Clues>, column: Side) {
  const onLine = new Map<Placed, number>()
  const inRecord = new Map<Placed, number>()
  const inColumn = new Map<Placed, number>()
  const counts = new Map<unknown, Map<unknown, number>>()
  const next = (owner: unknown, key: unknown) => {
    const own = counts.get(owner) ?? new Map<unknown, number>()
    counts.set(owner, own)
    const count = own.get(key) ?? 0
    own.set(key, count + 1)
    return count
  }
  for (const each of placed) {
    const { owner, value } = each
    onLine.set(each, next(owner, value.line))
    inRecord.set(each, next(owner, 'record'))
    inColumn.set(each, next(owner, `column ${column(clues.get(value)!)}`))
  }
  const read = (map: Map<Placed, number>) => (each: Placed) => map.get(each) ?? 0
  return { lineOf: read(onLine), inRecord: read(inRecord), inColumn: read(inColumn) }
}

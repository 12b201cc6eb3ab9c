import type { RecordAnchor } from '../reading/record-anchors.ts'
import type { Placed } from '../reading/roles.ts'
import type { Clues } from './clues.ts'

/** Where in its record a quantity stands: those with the same address are the same figure of different organizations. */
export type Address = (each: Placed, clues: Clues) => string

type Side = (clues: Clues) => string

/** Columns by the side that their cells are set to: places closer together than the tolerance, in points, are one. */
function columnsBy(all: Iterable<Clues>, place: (clues: Clues) => number, tolerance: number): Side {
  const places = [...new Set([...all].map((clues) => Math.round(place(clues) * 2) / 2))].sort((a, b) => a - b)
  const starts = places.filter((x, at) => at === 0 || x - places[at - 1]! > tolerance)
  return (clues) => {
    let low = 0
    let high = starts.length
    const x = place(clues) + 0.3
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= x) low = middle + 1
      else high = middle
    }
    return String(low)
  }
}

/** The strategies, by name, for the quantities of one document under one ownership. */
export function addressings(placed: Placed[], clues: Map<Placed['value'], Clues>): Record<string, Address> {
  const all = placed.map(({ value }) => clues.get(value)!)
  const sides: Record<string, Side> = {
    right: columnsBy(all, ({ x1 }) => x1, 3),
    left: columnsBy(all, ({ x0 }) => x0, 3),
    middle: columnsBy(all, ({ x0, x1 }) => (x0 + x1) / 2, 4),
  }
  const { lineOf, inRecord, inColumn } = countsOf(placed, clues, sides.left!)
  const texts: Record<string, Address> = {
    clause: (_, { clause, nth }) => `${clause}#${nth}`,
    prefix: (_, { prefix }) => prefix,
    place: ({ cellAddress }, { clause, nth }) => `${cellAddress.place}|${clause}#${nth}`,
    leadClause: (_, { lead, clause, nth }) => `${lead}|${clause}#${nth}`,
    leadNth: (_, { lead, nthInText }) => `${lead}#${nthInText}`,
    before: (_, { before }) => before,
    rowClause: (_, { rowLabel, clause, nth }) => `${rowLabel}|${clause}#${nth}`,
    rowNth: (each, { rowLabel }) => `${rowLabel}#${lineOf(each)}`,
    titleClause: (_, { title, clause, nth }) => `${title}|${clause}#${nth}`,
    titleNth: (each, { title }) => `${title}#${lineOf(each)}`,
    nth: (each) => `${inRecord(each)}`,
    offset: ({ value, owner }) => offset(value, owner),
    labelled: ({ cellAddress }) => cellAddress.id,
    labelledWhole: ({ cellAddress }) => cellAddress.whole,
  }
  for (const [name, side] of Object.entries(sides)) {
    texts[name] = (_, each) => side(each)
    texts[`${name}Row`] = (_, each) => `${side(each)}|${each.rowLabel}`
    texts[`${name}Clause`] = (_, each) => `${side(each)}|${each.clause}#${each.nth}`
    texts[`${name}Nth`] = (_, each) => `${side(each)}#${each.nthInText}`
    texts[`${name}Title`] = (_, each) => `${each.title}|${side(each)}`
    texts[`${name}TitleNth`] = (_, each) => `${each.title}|${side(each)}#${each.nthInText}`
    texts[`${name}Line`] = (each, own) => `${side(own)}/${inColumn(each)}`
  }
  return texts
}

const offset = ({ x0, line }: Placed['value'], owner: RecordAnchor | null) =>
  owner ? `${Math.round((x0 - owner.x) / 8)}/${Math.round((line.y - owner.line.y) / (0.5 * line.size))}` : ''

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

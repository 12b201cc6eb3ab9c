import type { Organization } from '../../../fixtures/organization.ts'
import { withoutTime } from './timeless.ts'

/** A line with its numbers apart: `Users # #` and 41, 226. A dash in the place of a number is one without a value. */
interface MaskedLine {
  shape: string
  values: number[]
}

/** Which numbers of a line of this shape are usage, by its end: what stands before it is a name. */
export type UsageRows = Map<string, number[]>

/** Fewer lines of a shape than this prove nothing. */
const fewest = 3
/** Of the numbers in one place; rows of totals may have the shape of the others. */
const share = 0.8

/** How a document shows the usage of these organizations: learned from the numbers that are theirs. */
export function learnUsageRows(lines: string[], organizations: Organization[]): UsageRows {
  const figures = organizations.flatMap(({ usage }) => [usage.usage, usage.subtree_usage])
  const usage = new Set([0, ...figures.flatMap((figure) => Object.values(figure))])
  const limits = new Set(organizations.flatMap((one) => Object.values(one.limits)))
  const names = organizations.map(({ name }) => name).sort((one, two) => two.length - one.length)
  const masked = lines.map((line) => mask(withoutName(line, names))).filter(isTelling)
  const rows: UsageRows = new Map()
  for (const [shape, same] of Map.groupBy(masked, ({ shape }) => shape)) {
    const isUsage = (at: number) => {
      const values = same.map(({ values }) => values[at]!).filter((value) => !Number.isNaN(value))
      const known = values.filter((value) => usage.has(value))
      const isLimit = values.filter((value) => limits.has(value)).length >= known.length
      return !isLimit && known.length >= share * values.length && new Set(known).size >= fewest
    }
    const positions = [...same[0]!.values.keys()].filter(isUsage)
    if (same.length >= fewest && positions.length > 0) rows.set(shape, positions)
  }
  return rows
}

/** The first line that shows usage where there is none: a number above 0 in the place of usage. */
export function findUsageIn(lines: string[], rows: UsageRows): string | undefined {
  return lines.find((line) => {
    const { shape, values } = mask(line)
    return [...rows].some(([end, positions]) => {
      if (!endsWith(shape, end)) return false
      const own = values.slice(-numbersIn(end))
      return positions.some((at) => own[at]! > 0)
    })
  })
}

/** A single number says what it is only by the words before it, and those must be the same. */
const endsWith = (shape: string, end: string) =>
  shape === end || (numbersIn(end) > 1 && shape.endsWith(` ${end}`))

const numbersIn = (shape: string) => shape.split('#').length - 1

/** A lone number may be that of a page. */
const isTelling = ({ shape, values }: MaskedLine) =>
  values.length > 1 || (values.length > 0 && /\p{L}/u.test(shape))

function withoutName(line: string, names: string[]): string {
  const name = names.find((one) => line.includes(one))
  return name === undefined ? line : line.slice(line.indexOf(name) + name.length)
}

function mask(line: string): MaskedLine {
  const values: number[] = []
  const shape = withoutTime(line).replaceAll(/\d[\d.,'’\u00a0\u202f]{0,20}|(?<!\S)[-–—](?!\S)/g, (number) => {
    values.push(
      /^\d{1,3}(?:[^\d]\d{3}){0,5}\D?$|^\d{1,15}\D?$/.test(number)
        ? Number(number.replaceAll(/\D/g, ''))
        : NaN,
    )
    return '#'
  })
  return {
    shape: shape
      .replaceAll(/\s{1,100}/g, ' ')
      .trim()
      .toLowerCase(),
    values,
  }
}

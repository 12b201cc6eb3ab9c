import type { Operation } from '../../../spec/operation.ts'

/** The documented path that is the path given, parameters filled in: of several the most concrete one. */
export function templateOf(path: string, operations: readonly Operation[]): string | undefined {
  const parameters = (template: string) => template.split('/').filter(isParameter).length
  const fitting = operations.map((operation) => operation.path).filter((template) => fits(template, path))
  return fitting.sort((one, other) => parameters(one) - parameters(other))[0]
}

function fits(template: string, path: string): boolean {
  const wanted = template.split('/')
  const found = path.split('/')
  return (
    wanted.length === found.length &&
    wanted.every((part, index) => (isParameter(part) ? found[index] !== '' : part === found[index]))
  )
}

/** The documented path that was most likely meant, if any is near. */
export function nearestPath(path: string, operations: readonly Operation[]): string | undefined {
  const found = path
    .split('/')
    .slice(0, longest)
    .map((part) => part.slice(0, longest))
  const ranked = [...new Set(operations.map((operation) => operation.path))]
    .map((template) => ({ template, distance: pathDistance(template.split('/'), found) }))
    .sort((one, other) => one.distance - other.distance)
  const [best] = ranked
  return best && best.distance <= (found.length - 1) / 2 ? best.template : undefined
}

const longest = 64

/** How many segments would have to be added, removed or replaced; a misspelt one counts by its misspelling. */
function pathDistance(template: string[], path: string[]): number {
  return editDistance(template, path, (wanted, found) => {
    if (isParameter(wanted)) return found === '' ? 0.5 : 0
    const [one, other] = [wanted.toLowerCase(), found.toLowerCase()]
    if (one === other) return wanted === found ? 0 : 0.1
    const letters = editDistance([...one], [...other], (a, b) => (a === b ? 0 : 1))
    return Math.min(1, letters / Math.max(one.length, other.length))
  })
}

function editDistance<T>(from: T[], to: T[], cost: (a: T, b: T) => number): number {
  let row = to.map((_, index) => index + 1)
  row.unshift(0)
  for (const [index, item] of from.entries()) {
    const next = [index + 1]
    for (const [column, other] of to.entries()) {
      next.push(Math.min(row[column + 1]! + 1, next[column]! + 1, row[column]! + cost(item, other)))
    }
    row = next
  }
  return row.at(-1)!
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{')
}

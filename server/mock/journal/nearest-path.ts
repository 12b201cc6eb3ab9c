import { editDistance, letterDistance } from '../../../spec/edit-distance.ts'
import type { Operation } from '../../../spec/operation.ts'

/** The documented path that matches a request path; of several, the one with the fewest parameters. */
export function templateOf(path: string, operations: readonly Operation[]): string | undefined {
  const parameters = (template: string) => template.split('/').filter(isParameter).length
  const matching = operations.map((operation) => operation.path).filter((template) => matches(template, path))
  return matching.sort((one, other) => parameters(one) - parameters(other))[0]
}

function matches(template: string, path: string): boolean {
  const wanted = template.split('/')
  const found = path.split('/')
  return (
    wanted.length === found.length &&
    wanted.every((part, index) => (isParameter(part) ? found[index] !== '' : part === found[index]))
  )
}

/** The documented path that was most likely meant; undefined where none is similar. */
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

/** Edit distance in segments. A misspelt segment costs 0 to 1, by how many of its letters differ. */
function pathDistance(template: string[], path: string[]): number {
  return editDistance(template, path, (wanted, found) => {
    if (isParameter(wanted)) return found === '' ? 0.5 : 0
    const [one, other] = [wanted.toLowerCase(), found.toLowerCase()]
    if (one === other) return wanted === found ? 0 : 0.1
    const letters = letterDistance(one, other)
    return Math.min(1, letters / Math.max(one.length, other.length))
  })
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{')
}

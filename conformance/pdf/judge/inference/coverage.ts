import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'

export interface Coverage {
  /** How many figures a report has to show: a usage figure that is not 0, or a limit, of each type. */
  needed: number
  /** How many of them a reading finds. */
  shown: number
  /** How often each number stands in the report that the reading does not explain. */
  unexplained: Map<number, number>
}

/** What a reading explains of the organizations asked for. */
export function coverage(
  { passages, placed }: Pick<Understood, 'passages' | 'placed'>,
  context: ExpectedFigures,
  isAsked: (at: number) => boolean = () => true,
): Coverage {
  const found = new Set<string>()
  const explained = new Set<unknown>()
  for (const { organization, values } of passages)
    for (const { value, assigned } of values) {
      if (organization === null) continue
      const expected = context.expected(organization, assigned.type, assigned.role)
      const fits = value.kind === 'number' ? value.value === expected : expected === 0
      if (!fits) continue
      explained.add(value)
      found.add(`${organization}|${assigned.type}|${assigned.role === 'limit' ? 'limit' : 'usage'}`)
    }
  const figures = [...context.organizations.keys()]
    .filter(isAsked)
    .flatMap((at) =>
      context.types.flatMap((type) => [
        ...(context.expected(at, type, 'direct') === 0 ? [] : [`${at}|${type}|usage`]),
        ...(context.expected(at, type, 'limit') === null ? [] : [`${at}|${type}|limit`]),
      ]),
    )
  const unexplained = new Map<number, number>()
  for (const { value, cellAddress } of placed)
    if (value.kind === 'number' && cellAddress.figure !== 'other' && !explained.has(value))
      unexplained.set(value.value!, (unexplained.get(value.value!) ?? 0) + 1)
  return { needed: figures.length, shown: figures.filter((figure) => found.has(figure)).length, unexplained }
}

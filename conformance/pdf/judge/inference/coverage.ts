import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'

/**
 * How many figures a report has to show of some organizations, a usage figure that is not 0 or a limit of each type,
 * and how many of them a reading finds.
 */
export function coverage(
  { passages }: Pick<Understood, 'passages'>,
  context: ExpectedFigures,
  isAsked: (at: number) => boolean = () => true,
): { needed: number; shown: number } {
  const found = new Set<string>()
  for (const { organization, values } of passages)
    for (const { value, assigned } of values) {
      if (organization === null) continue
      const expected = context.expected(organization, assigned.type, assigned.role)
      const fits = value.kind === 'number' ? value.value === expected : expected === 0
      if (fits) found.add(`${organization}|${assigned.type}|${assigned.role === 'limit' ? 'limit' : 'usage'}`)
    }
  const figures = [...context.organizations.keys()]
    .filter(isAsked)
    .flatMap((at) =>
      context.types.flatMap((type) => [
        ...(context.expected(at, type, 'direct') === 0 ? [] : [`${at}|${type}|usage`]),
        ...(context.expected(at, type, 'limit') === null ? [] : [`${at}|${type}|limit`]),
      ]),
    )
  return { needed: figures.length, shown: figures.filter((figure) => found.has(figure)).length }
}

import { organizationsOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Placed } from '../reading/roles.ts'

/** The numbers that stand beside each organization's name, by its index; null for those of nobody. */
export function figuresBeside({ passages, placed }: Understood): Map<number | null, Placed[]> {
  const organizationOf = organizationsOf(passages)
  const figures = placed.filter(
    ({ value, cellAddress }) => value.kind === 'number' && cellAddress.figure !== 'other',
  )
  return Map.groupBy(figures, ({ owner }) => organizationOf(owner) ?? null)
}

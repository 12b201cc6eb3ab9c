import { areaOf, type Check } from '../catalogue/check.ts'

/** A check or area that does not exist was named. */
export class SelectionError extends Error {
  override name = 'SelectionError'
}

export interface Selection {
  checks: Check[]
  /** Reasons by id, for checks that are reported but not run. */
  skipped: Map<string, string>
}

/** Chooses checks by id or area; `only` narrows the list, `skip` leaves a reason. Throws {@link SelectionError}. */
export function select(all: Check[], only: string[] = [], skip: string[] = []): Selection {
  for (const [option, names] of Object.entries({ only, skip }))
    for (const name of names)
      if (!all.some((check) => isNamed(check, name)))
        throw new SelectionError(
          `--${option} ${name}: there is no such check or area; areas are ${areas(all)}`,
        )
  const checks = only.length > 0 ? all.filter((check) => only.some((name) => isNamed(check, name))) : all
  const skipped = checks.flatMap((check) => {
    const name = skip.find((one) => isNamed(check, one))
    return name ? [[check.id, `left out by --skip ${name}`] as const] : []
  })
  return { checks, skipped: new Map(skipped) }
}

const isNamed = (check: Check, name: string) =>
  name.toUpperCase() === check.id || name.toUpperCase() === areaOf(check)
const areas = (all: Check[]) => [...new Set(all.map(areaOf))].join(', ')

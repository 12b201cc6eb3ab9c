import type { Page } from '../../../conformance/pdf/pages/page.ts'
import type { Organization } from '../../../fixtures/organization.ts'
import { type Defect, mutations, rowsOf } from '../corpus/mutations.ts'
import { randomFrom } from '../corpus/organizations.ts'
import { localLayouts } from './local-layouts.ts'
import type { LocalWording } from './local-wording.ts'
import { PageDrawer } from './page-drawer.ts'

/** Which usage figures a layout of `local-layouts.ts` has room for. */
export const showsOf = (layout: string) => (layout === 'direct and subtree' ? 'both' : 'subtree')

/**
 * The pages of a report. `defect` is a key of `mutations`, or `wrong total`; `victims` are the organizations it is
 * about. Null where the organizations have nothing to which the defect could happen.
 */
export function drawReport(
  organizations: Organization[],
  words: LocalWording,
  layout: string,
  defect: string | null,
): { pages: Page[]; victims: Defect['victims'] } | null {
  const rows = rowsOf(organizations, words)
  const isTotal = defect === 'wrong total'
  let mutation: Defect | null = null
  // A draw may meet rows to which the defect cannot happen.
  for (let seed = 7; defect && !isTotal && !mutation && seed < 27; seed += 1)
    mutation = mutations[defect]!(rows, organizations, words, randomFrom(seed))
  if (defect && !isTotal && !mutation) return null
  for (const { figures } of rows)
    for (const each of Object.values(figures)) {
      // The mutation writes English.
      if (each.limit === 'Unlimited') each.limit = words.none
      for (const key of ['direct', 'subtree', 'limit'] as const) each[key] = words.write(each[key])
    }
  const page = new PageDrawer(words.isRightToLeft)
  const sums = Object.keys(words.types).map((type) => [
    type,
    words.write(`${totalOf(organizations, type) + Number(isTotal)}`),
  ])
  localLayouts[layout]!(page, rows, words, Object.fromEntries(sums))
  return { pages: page.pages(), victims: mutation?.victims ?? [] }
}

function totalOf(organizations: Organization[], type: string): number {
  const top = organizations.filter(({ parent_org_id }) => parent_org_id === null)
  return top.reduce((sum, { usage }) => sum + (usage.subtree_usage[type] ?? 0), 0)
}

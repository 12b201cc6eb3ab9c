import type { Check } from './check.ts'
import { contract } from './checks/contract.ts'

/** A group of checks: the part of their ids before the number, and what they are about. */
export interface Area {
  code: string
  title: string
  checks: Check[]
}

/** Every check there is, in the order of reports. */
export const catalogue: Area[] = [{ code: 'CONTRACT', title: 'Documented answers', checks: contract }]

export const allChecks: Check[] = catalogue.flatMap(({ checks }) => checks)

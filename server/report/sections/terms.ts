import type { Alarm, Figures } from '../figures.ts'
import { none } from '../numbers.ts'

const labels: Record<string, string> = { locations: 'Locations', users: 'Users', sso: 'SSO' }

/** A product type as the report writes it; one that it does not know, as the data writes it. */
export const labelOf = (type: string) => labels[type] ?? type

/** Who set the effective limit; worded so that a name in it is not taken for the row's. */
export function sourceOf({ source }: Figures): string {
  if (!source) return none
  if (source.from === 'ancestor') return `from ${source.organization.name}`
  return source.from === 'itself' ? 'itself' : 'subscription'
}

export const alarms: Record<Alarm, string> = {
  over: 'Over its limit',
  disabled: 'Disabled, yet in use',
  near: 'At 90 % or more',
}

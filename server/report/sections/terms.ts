import type { Alarm, Figures } from '../figures.ts'
import { none } from '../numbers.ts'

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

/** The same, of several. */
export const alarmsOfMany: Record<Alarm, string> = {
  over: 'over their limit',
  disabled: 'disabled, yet in use',
  near: 'at 90 % or more',
}

import { isObject } from '../pointer.ts'

/** The day (`YYYY-MM-DD`) of `x-sunset` in an object, or undefined where it is absent or no date. */
export function sunsetOf(value: unknown): string | undefined {
  const written = isObject(value) ? value['x-sunset'] : undefined
  const day = typeof written === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(written)?.[0] : undefined
  return day && !Number.isNaN(Date.parse(day)) ? day : undefined
}

/** The rule for an announcement that changed; undefined where it did not. */
export function sunsetRule(from: string | undefined, to: string | undefined) {
  if (from === to) return undefined
  if (!from) return 'sunset-added'
  if (!to) return 'sunset-removed'
  return to < from ? 'sunset-advanced' : 'sunset-postponed'
}

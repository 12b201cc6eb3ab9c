const date = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' })

/** Stands where there is no figure. */
export const none = '–'

/** 1234567 as `1,234,567`; no figure as a dash. */
export function count(value: number | null): string {
  if (value === null) return none
  // Intl says the same in many times the time, and a report has tens of thousands of figures.
  return value < 1000 ? `${value}` : `${value}`.replace(/\B(?=(?:\d{3}){1,6}$)/g, ',')
}

export const percent = (value: number | null) => (value === null ? none : `${count(value)}\u00a0%`)

/** `31 January 2026, 12:00 UTC` */
export function instant(asOf: string): string {
  const at = new Date(asOf)
  return `${date.format(at)}, ${time.format(at)} UTC`
}

/** One thing, many things: `count(2)` and the noun that goes with it. */
export const counted = (value: number, one: string, many: string) =>
  `${count(value)} ${value === 1 ? one : many}`

/** A4 landscape; lengths in points, origin at the top left. */
export const page = { width: 841.89, height: 595.28, left: 40, right: 801.89, top: 34, bottom: 556 } as const
export const contentWidth = page.right - page.left

/** Every ink has at least 4.5 : 1 on white and on the band (WCAG 2.2 AA). */
export const color = {
  ink: '#17212b',
  muted: '#55616d',
  accent: '#14508c',
  near: '#8a4b00',
  over: '#a4161a',
  rule: '#c9d0d8',
  faint: '#e6eaee',
  bar: '#3b7dbd',
  nearBar: '#d08a1d',
  overBar: '#a4161a',
  track: '#e3e8ed',
  band: '#fdf3e1',
} as const

export const size = {
  title: 20,
  heading: 12.5,
  lead: 10,
  body: 8.5,
  head: 7.5,
  legend: 7.5,
  small: 7,
} as const

/** `#14508c` as the operands of rg and RG. */
export function rgb(hex: string): string {
  let operands = known.get(hex)
  if (!operands) {
    const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    operands = channels.map((value) => Math.round(value * 1000) / 1000).join(' ')
    known.set(hex, operands)
  }
  return operands
}

// The palette is small, and every piece of text needs an entry.
const known = new Map<string, string>()

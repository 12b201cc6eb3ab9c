import type { Organization } from '../../../fixtures/organization.ts'
import { groupIntoLines } from '../pages/lines.ts'
import type { DrawnWord, Page } from '../pages/page.ts'

/** Texts of a row with where each begins; characters are 5 points wide, blanks 2.5. */
export type Row = [x: number, text: string][]

/** A page with rows so many points apart, in one font of 10 points. */
export function pageOf(rows: Row[], number = 1, pitch = 14): Page {
  const words = rows.flatMap((row, at) => row.flatMap(([x, text]) => wordsOf(text, x, 100 + pitch * at)))
  const layer = groupIntoLines({ page: number, angle: 0, width: 600, height: 800, rules: [] }, words)
  const glyphs = words.reduce((sum, { text }) => sum + text.length, 0)
  const nothing = { hidden: [], unmapped: 0, images: 0, outlines: 0, isBlank: false }
  return { number, width: 600, height: 800, layers: [layer], glyphs, ...nothing }
}

function wordsOf(source: string, x: number, y: number): DrawnWord[] {
  let start = 0
  return source.split(' ').map((text, at) => {
    const x0 = x + 5 * start
    start += text.length + 0.5
    const place = { x0, x1: x0 + 5 * text.length, y, y0: y - 8, y1: y + 2 }
    return { text, ...place, size: 10, font: 'f', unmapped: 0, gap: 0, spaced: at > 0 }
  })
}

/** An organization without children, from its users and limit of users and its locations and limit of locations. */
export function organizationOf(
  name: string,
  [users, limit]: [number, number | null],
  [locations, most]: [number, number | null],
): Organization {
  const own = { users, locations }
  return {
    id: `org_${name.replace(/\W/g, '')}`,
    name,
    parent_org_id: null,
    path: null,
    depth: 0,
    usage: { usage: own, subtree_usage: own },
    limits: { users: limit, locations: most },
  }
}

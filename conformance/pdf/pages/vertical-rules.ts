import type { Box } from './matrix.ts'

interface VerticalRule {
  x: number
  y0: number
  y1: number
}

/** Height of the bands by which rules are found. */
const band = 20
/** Bands beyond this one are off any page. */
const lastBand = 1000
/** Rules up to this width are one line; of wider boxes both edges are. */
const thin = 2.5
/** Lower rules separate no cells. */
const lowest = 5

/** Vertical lines of a page, and the sides of its cells, by height. */
export class VerticalRules {
  readonly #bands = new Map<number, VerticalRule[]>()

  constructor(rules: Box[]) {
    for (const rule of rules.flatMap(verticalEdges)) {
      if (rule.y1 - rule.y0 < lowest) continue
      const last = Math.min(Math.floor(rule.y1 / band), lastBand - 1)
      for (let key = Math.floor(rule.y0 / band); key <= last; key += 1) {
        const others = this.#bands.get(key)
        if (others) others.push(rule)
        else this.#bands.set(key, [rule])
      }
    }
  }

  /** The x of each vertical line that crosses this height. */
  at(y: number): number[] {
    const near = this.#bands.get(Math.floor(y / band)) ?? []
    return near.filter((rule) => rule.y0 < y && rule.y1 > y).map(({ x }) => x)
  }
}

function verticalEdges({ x0, x1, y0, y1 }: Box): VerticalRule[] {
  if (x1 - x0 < thin) return [{ x: (x0 + x1) / 2, y0, y1 }]
  return [x0, x1].map((x) => ({ x, y0, y1 }))
}

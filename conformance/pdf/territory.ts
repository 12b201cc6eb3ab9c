import { isWhereNamesStand } from './alignment.ts'
import type { Facts } from './expectation.ts'
import { areHeadings, introduced, strangersIn, styledStrangers, sumsIn } from './name-places.ts'
import type { Subject } from './subjects.ts'
import type { Plane, Segment } from './text.ts'
import type { Content, Value } from './values.ts'

/** How a document says whose a figure is. */
export interface Layout {
  /** Beside the name, after the name, or below it as the head of a column. */
  mode: 'row' | 'block' | 'column'
  /** Where in a row of several lines the name stands. */
  align: 'top' | 'middle' | 'bottom' | 'ruled'
  /** Side by side on the page. */
  columns: number
}

export interface Owned {
  value: Value
  /** Null: nobody's. A subject without candidates: text in a name's place. */
  owner: Subject | null
  /** From the end of the page or column before. */
  carried: boolean
}

const layouts: Layout[] = [
  { mode: 'row', align: 'top', columns: 1 },
  { mode: 'row', align: 'middle', columns: 1 },
  { mode: 'row', align: 'bottom', columns: 1 },
  { mode: 'row', align: 'ruled', columns: 1 },
  ...[1, 2, 3, 4].map((columns): Layout => ({ mode: 'block', align: 'top', columns })),
  { mode: 'row', align: 'top', columns: 2 },
  { mode: 'column', align: 'top', columns: 1 },
]

export interface Territory {
  plane: Plane
  layout: Layout
  owned: Owned[]
  /** Text in a name's place that names nobody known. */
  strangers: Subject[]
}

/** Gives every value its owner: page by page in the way that explains most of the document. */
export function divide(
  planes: Plane[],
  subjects: Subject[],
  contents: Map<Segment, Content>,
  facts: Facts,
  isLabel: (text: string) => boolean,
  isRecurring: (text: string) => boolean,
): Territory[] {
  const byPlane = new Map<Plane, Subject[]>(planes.map((plane) => [plane, []]))
  for (const subject of subjects) byPlane.get(subject.plane)?.push(subject)
  const page = (plane: Plane, layout: Layout, before: Subject | null) =>
    divideOne(plane, byPlane.get(plane) as Subject[], contents, layout, before, isLabel, isRecurring)
  const named = planes.filter((plane) => byPlane.get(plane)!.length > 0)
  const step = Math.max(1, Math.floor(named.length / sample))
  const sampled = named.filter((_, at) => at % step === 0)
  const scores = layouts.map((layout) => sampled.map((plane) => explains(page(plane, layout, null), facts)))
  const totals = scores.map((pages) => pages.reduce((sum, score) => sum + score, 0))
  const best = totals.indexOf(Math.max(...totals, Number.NEGATIVE_INFINITY))
  const common = layouts[Math.max(0, best)] as Layout
  // Another layout is worth trying on a page where it explains clearly more of some page of the sample.
  const others = layouts.filter((_, at) =>
    scores[at]!.some((score, on) => isBetter(score, scores[best]![on] as number)),
  )
  let last: Subject | null = null
  return planes.map((plane) => {
    let chosen = page(plane, common, last)
    if (others.length > 0 && byPlane.get(plane)!.length > 0) {
      const usual = explains(chosen, facts)
      let most = usual
      for (const layout of others) {
        const other = page(plane, layout, last)
        const score = explains(other, facts)
        if (score > most && isBetter(score, usual)) [chosen, most] = [other, score]
      }
    }
    last = byPlane.get(plane)!.at(-1) ?? last
    return chosen
  })
}

/** Pages on which the layouts are compared. */
const sample = 16

function isBetter(score: number, usual: number): boolean {
  return score > usual * 1.3 + 8
}

/** How much of what its owners should show a division finds, less what it finds that they should not. */
function explains(territory: Territory, facts: Facts): number {
  if (territory.layout.mode === 'column' && !isHeadRow(territory)) return Number.NEGATIVE_INFINITY
  if (!isWhereNamesStand(territory)) return Number.NEGATIVE_INFINITY
  let score = 0
  const used = new Map<string, number>()
  for (const { value, owner, carried } of territory.owned) {
    if (!owner || carried || value.kind !== 'number' || value.value === null) continue
    const key = `${owner.candidates.join()}=${value.value}`
    const times = used.get(key) ?? 0
    used.set(key, times + 1)
    const found = owner.candidates.some((at) => facts.timesExpected(at, value.value as number) > times)
    if (found) score += facts.surprise(value.value)
    else if (owner.candidates.length > 0) score -= 0.25
  }
  return score
}

/** Names head columns only where several stand side by side. */
function isHeadRow({ owned }: Territory): boolean {
  const owners = new Set(owned.flatMap(({ owner }) => owner ?? []))
  return bandsOf([...owners]).some((band) => band.length > 1)
}

function divideOne(
  plane: Plane,
  subjects: Subject[],
  contents: Map<Segment, Content>,
  layout: Layout,
  before: Subject | null,
  isLabel: (text: string) => boolean,
  isRecurring: (text: string) => boolean,
): Territory {
  const splits = splitsOf(subjects, layout.columns)
  const columnOf = (x: number) => splits.filter((split) => x >= split).length
  const values = plane.lines.flatMap((line) =>
    line.segments.flatMap((segment) => (contents.get(segment) as Content).values),
  )
  if (layout.mode === 'column') {
    const heads = bandsOf(subjects)
    return {
      plane,
      layout,
      owned: values.map((value) => ({ value, owner: headOf(value, heads), carried: false })),
      strangers: [],
    }
  }
  const columns: Subject[][] = Array.from({ length: splits.length + 1 }, () => [])
  for (const subject of subjects) columns[columnOf(subject.x)]!.push(subject)
  const strangers = introduced(plane, subjects, contents, isLabel)
  strangers.push(
    ...(layout.mode === 'row' && !areHeadings(subjects, contents)
      ? columns.flatMap((own, at) => strangersIn(plane, own, contents, (x) => columnOf(x) === at, isLabel))
      : [
          ...styledStrangers(plane, subjects, contents, isLabel),
          ...sumsIn(plane, subjects, contents, isRecurring),
        ]),
  )
  for (const stranger of strangers) columns[columnOf(stranger.x)]!.push(stranger)
  let last = before
  const finders = columns.map((own) => {
    const sorted = own.sort((a, b) => a.box.y0 - b.box.y0 || a.x - b.x)
    const carry = last
    last = sorted.at(-1) ?? last
    return finder(sorted, layout, carry)
  })
  const owned = values.map((value) => ({ value, ...finders[columnOf(value.x0)]!(value) }))
  return { plane, layout, owned, strangers }
}

function splitsOf(subjects: Subject[], columns: number): number[] {
  if (columns === 1) return []
  const xs = [...new Set(subjects.map(({ x }) => Math.round(x)))].sort((a, b) => a - b)
  const gaps = xs.slice(1).map((x, at) => ({ x, gap: x - (xs[at] as number) }))
  return gaps
    .filter(({ gap }) => gap > 60)
    .sort((a, b) => b.gap - a.gap)
    .slice(0, columns - 1)
    .map(({ x }) => x - 5)
    .sort((a, b) => a - b)
}

type Found = Pick<Owned, 'owner' | 'carried'>

function finder(sorted: Subject[], layout: Layout, carry: Subject | null): (value: Value) => Found {
  const nobody: Found = { owner: carry && carry.candidates.length > 0 ? carry : null, carried: true }
  const last = (holds: (subject: Subject, at: number) => boolean): Found => {
    // Subjects are sorted by place: those that hold come first.
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (holds(sorted[middle]!, middle)) low = middle + 1
      else high = middle
    }
    return low > 0 ? { owner: sorted[low - 1]!, carried: false } : nobody
  }
  if (layout.mode === 'block') {
    const reading = [...sorted].sort((a, b) => a.line.y - b.line.y || a.x - b.x)
    sorted = reading
    return (value) =>
      last((subject) => {
        const drop = value.line.y - subject.line.y
        return Math.abs(drop) < 0.3 * value.line.size ? subject.x < value.x0 : drop > 0
      })
  }
  const bounds = sorted.map((subject, at) => {
    const previous = sorted[at - 1]
    const rule = layout.align === 'ruled' ? ruleAbove(subject) : undefined
    if (rule !== undefined) return rule
    if (layout.align === 'top' || layout.align === 'ruled') return subject.box.y0 - 0.15 * subject.line.size
    if (!previous) return firstBound(subject, sorted[1])
    if (layout.align === 'bottom') return previous.box.y1
    return (previous.box.y1 + subject.box.y0) / 2
  })
  return (value) => last((_, at) => value.y >= bounds[at]!)
}

/** The nearest line drawn across the page, or edge of a filled cell, above a name. */
function ruleAbove({ plane, box, line }: Subject): number | undefined {
  let nearest: number | undefined
  for (const rule of plane.rules) {
    if (rule.x1 - rule.x0 < 8 || rule.x0 > box.x1 || rule.x1 < box.x0) continue
    for (const y of [rule.y0, rule.y1])
      if (y < box.y0 + 0.3 * line.size && (nearest === undefined || y > nearest)) nearest = y
  }
  return nearest !== undefined && box.y0 - nearest < 12 * line.size ? nearest : undefined
}

/** The first row reaches as far above its name as below it. */
function firstBound({ box, line }: Subject, next: Subject | undefined): number {
  const reach = next ? Math.min((next.box.y0 - box.y1) / 2, 4 * line.size) : 0
  return box.y0 - Math.max(0.15 * line.size, reach)
}

function bandsOf(subjects: Subject[]): Subject[][] {
  const bands: Subject[][] = []
  for (const subject of [...subjects].sort((a, b) => a.box.y0 - b.box.y0)) {
    const band = bands.at(-1)
    if (band?.some(({ box }) => subject.box.y0 < box.y1)) band.push(subject)
    else bands.push([subject])
  }
  return bands
}

function headOf(value: Value, bands: Subject[][]): Subject | null {
  const band = bands.filter((subjects) => subjects.every(({ box }) => box.y1 <= value.line.y)).at(-1)
  if (!band) return null
  const middle = (value.x0 + value.x1) / 2
  const away = ({ box }: Subject) =>
    value.x1 > box.x0 && value.x0 < box.x1
      ? 0
      : Math.min(Math.abs(box.x0 - value.x0), Math.abs(box.x1 - value.x1))
  return band.reduce((best, subject) => {
    const [a, b] = [away(best), away(subject)]
    const center = ({ box }: Subject) => Math.abs((box.x0 + box.x1) / 2 - middle)
    return b < a || (b === a && center(subject) < center(best)) ? subject : best
  })
}

import type { Box } from '../../pages/matrix.ts'
import type { TextLayer } from '../../pages/page.ts'
import { onPage } from '../../pages/upright.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Value } from '../reading/values.ts'

export type FindingKind =
  | 'missing-organization'
  | 'foreign-organization'
  | 'wrong-usage'
  | 'wrong-limit'
  | 'missing-limit'
  | 'missing-usage'
  | 'wrong-total'
  | 'shifted-rows'
  | 'exchanged-headings'
  | 'duplicate-organization'
  | 'truncated-name'
  | 'wrong-workspace'
  | 'placeholder-text'
  | 'unreadable-text'
  | 'broken-file'
  | 'invisible-text'

export interface Finding {
  kind: FindingKind
  /** Identifier, where it is known. */
  organization?: string
  name?: string
  /** Path in the organization object: `limits.users`, `usage.subtree_usage.users`. */
  field?: string
  expected?: string
  found?: string
  page?: number
  message: string
  /** Where on the page (top left 0, 0; 1/72 inch). */
  box?: Box
}

/** Where something stands in the document, as in `Finding`. */
export interface Place {
  page: number
  box: Box
}

/** Where a name or a text stands. */
export function placeOf({ layer, box }: { layer: TextLayer; box: Box }): Place {
  return { page: layer.page, box: onPage(layer, box) }
}

/** Where a value stands. */
export function placeOfValue({ line, x0, x1 }: Value): Place {
  const { layer, y, size } = line
  return placeOf({ layer, box: { x0, x1, y0: y - size * 0.8, y1: y + size * 0.2 } })
}

/** What a reading takes a quantity for: a figure of an organization. */
export interface ReadAs {
  organization: string
  name: string
  /** As that of a finding. */
  field: string
  /** What the data has there; `none` where nothing limits. */
  expected: string
  /** Whether the quantity is what the data has. */
  agrees: boolean
  /** The name that the reading connects it with. */
  named: Place
}

/** A quantity that two readings take for different figures; null: for nobody's figure. */
export interface DisputedQuantity extends Place {
  text: string
  readings: [ReadAs | null, ReadAs | null]
}

/** The two best readings of a report that could not be decided. */
export interface CompetingReadings {
  /** How many figures a report has to show, and how many of them each reading finds; the better reading comes first. */
  needed: number
  found: [number, number]
  /** In the order of the document. */
  disputed: DisputedQuantity[]
}

export type PdfVerdict = 'conforming' | 'nonconforming' | 'unreadable' | 'broken'

export interface Judgement {
  verdict: PdfVerdict
  pages: number
  durationMs: number
  findings: Finding[]
  /** What of the expectation stands as it should on the pages that can be drawn. */
  confirmed: Place[]
  /** Absent where the report was decided, and where nothing can be read in two ways. */
  competing?: CompetingReadings
}

const figureNames: [prefix: string, nameOf: (type: string) => string][] = [
  ['usage.usage.', (type) => `${type} usage`],
  ['usage.subtree_usage.', (type) => `${type} usage with all below`],
  ['limits.', (type) => `${type} limit`],
]

/** What the figure of a finding's field is called, such as `users limit`; undefined where it is none. */
export function figureName(field: string): string | undefined {
  const [prefix, nameOf] = figureNames.find(([start]) => field.startsWith(start)) ?? []
  return nameOf?.(field.slice(prefix!.length))
}

/**
 * What two readings take a quantity for, as phrases. Usage with all below is told from usage without it only where that
 * is what they differ in: without children both are the same.
 */
export function phrasesOf([one, other]: DisputedQuantity['readings']): [string, string] {
  const usage = (readAs: ReadAs | null) => readAs?.field.replace('usage.subtree_usage.', 'usage.usage.')
  const isSameUsage = usage(one) === usage(other) && one?.field !== other?.field
  const phrase = (readAs: ReadAs | null) =>
    readAs ? figureName(isSameUsage ? readAs.field : usage(readAs)!)! : 'nobody’s figure'
  return [phrase(one), phrase(other)]
}

/** An organization whose place shows something else than its name. `how` says what, as the end of a sentence. */
export function nameFinding(
  kind: FindingKind,
  { id, name }: Pick<ExpectedFigures['organizations'][number], 'id' | 'name'>,
  shown: { found: string; layer: TextLayer; box: Box },
  how: string,
): Finding {
  const { found } = shown
  const place = placeOf(shown)
  return {
    kind,
    organization: id,
    name,
    field: 'name',
    expected: name,
    found,
    message: `${name}: the report ${how} (page ${place.page})`,
    ...place,
  }
}

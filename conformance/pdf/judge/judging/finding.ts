import type { Box } from '../../pages/matrix.ts'
import type { TextLayer } from '../../pages/page.ts'
import { onPage } from '../../pages/upright.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'

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

/** Something of the expectation that stands in the document as it should. */
export interface Confirmed {
  page: number
  box: Box
}

export type PdfVerdict = 'conforming' | 'nonconforming' | 'unreadable' | 'broken'

export interface Judgement {
  verdict: PdfVerdict
  pages: number
  durationMs: number
  findings: Finding[]
  confirmed: Confirmed[]
}

/** An organization whose place shows something else than its name. `how` says what, as the end of a sentence. */
export function nameFinding(
  kind: FindingKind,
  { id, name }: Pick<ExpectedFigures['organizations'][number], 'id' | 'name'>,
  shown: { found: string; layer: TextLayer; box: Box },
  how: string,
): Finding {
  const { found, layer, box } = shown
  return {
    kind,
    organization: id,
    name,
    field: 'name',
    expected: name,
    found,
    page: layer.page,
    message: `${name}: the report ${how} (page ${layer.page})`,
    box: onPage(layer, box),
  }
}

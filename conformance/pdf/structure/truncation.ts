import type { Framing } from './framing.ts'
import { counted, type Problem } from './problem.ts'

export interface TruncationEvidence {
  framing: Framing
  /** Whether the last `startxref` leads to a cross-reference section. */
  hasCrossReference: boolean
  /** What the file's length should be, from Content-Length or its linearization dictionary. */
  expectedLength: number | undefined
  /** Objects that others refer to and that are nowhere. */
  missingObjects: number
  objects: number
}

/** Whether the end of the file is missing, and how much of it where a length is known. */
export function findTruncation(text: string, evidence: TruncationEvidence): Problem[] {
  const { framing, hasCrossReference, expectedLength } = evidence
  const problem = (message: string): Problem[] => [
    { code: 'cut-off', severity: 'broken', section: '7.5.5', message, offset: text.length },
  ]
  if (expectedLength !== undefined && expectedLength > text.length) {
    const percent = Math.floor((100 * text.length) / expectedLength)
    const sizes = `${text.length.toLocaleString('en-US')} of ${expectedLength.toLocaleString('en-US')} bytes`
    return problem(`cut off after ${percent} % (${sizes})`)
  }
  if (hasCrossReference && !endsInsideUpdate(text, framing)) return []
  if (framing.endMarker !== undefined && hasCrossReference)
    return problem('cut off inside an incremental update')
  if (framing.endMarker !== undefined) return []
  const missing = evidence.missingObjects
  const lost =
    missing > 0 ? `; ${counted(missing, 'object')} of at least ${missing + evidence.objects} missing` : ''
  const tail = framing.startXref ? 'no %%EOF' : 'no trailer, no %%EOF'
  return problem(`cut off: ${tail}${lost}`)
}

/** Objects behind the last `%%EOF`, without an end of their own. */
function endsInsideUpdate(text: string, { endMarker }: Framing): boolean {
  if (endMarker === undefined) return false
  return /(?<![0-9])\d{1,10} \d{1,5} obj(?![A-Za-z0-9])/.test(text.slice(endMarker))
}

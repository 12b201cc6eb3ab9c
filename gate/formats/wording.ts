import { counted } from '../../spec/counted.ts'
import type { GateReport, GateVerdict, Part, Place } from '../gate-report.ts'

export const verdictWords: Record<GateVerdict, string> = {
  conforming: 'conforming',
  nonconforming: 'not conforming',
  inconclusive: 'inconclusive',
}

export const outcomeWords: Record<Part['outcome'], string> = {
  passed: 'passed',
  failed: 'failed',
  cantTell: 'could not tell',
  skipped: 'skipped',
}

export const shownPlace = ({ file, line }: Place): string => (line ? `${file}:${line}` : file)

/** How many checks ran, and how many had each outcome. */
export function countInWords({ summary }: Pick<GateReport, 'summary'>): string {
  const { ran, passed, failed, known, cantTell, skipped } = summary
  const rest = [
    `${passed} passed`,
    `${failed} failed`,
    known && `${known} known`,
    cantTell && `${cantTell} could not tell`,
    skipped && `${skipped} skipped`,
  ]
  return `${counted(ran, 'check')} ran: ${rest.filter(Boolean).join(', ')}`
}

/** Why there are no changes to tell; undefined where the contracts were compared. */
export function whyNotCompared({ parts }: Pick<GateReport, 'parts'>): string | undefined {
  const part = parts.find(({ name }) => name === 'compatibility')
  if (part?.outcome === 'skipped') return part.summary
  return part?.outcome === 'cantTell' ? part.checks[0]?.reason : undefined
}

/** The first `most` items, and how many follow. */
export function first<T>(items: T[], most: number): { shown: T[]; more: number } {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) }
}

import { createHash } from 'node:crypto'
import type { GateFinding } from './gate-report.ts'

/** Recognizes a finding in later runs. Without the line, which other edits move; `contract` stands in for no place. */
export const fingerprintOf = (
  { rule, message, place, pointer = '' }: GateFinding,
  contract: string,
): string =>
  createHash('sha256')
    .update([rule, place?.file ?? contract, pointer, message].join('\n'))
    .digest('hex')

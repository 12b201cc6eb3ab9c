import type { Report } from '../report.ts'
import { failuresFirst } from './summary.ts'

/** The report as JSON, failures first by level, without the pictures; its schema is `conformance/results/report.schema.json`. */
export function json(report: Report): string {
  const checks = failuresFirst(report.checks).map(({ pictures: _, ...check }) => check)
  return `${JSON.stringify({ ...report, checks }, null, 2)}\n`
}

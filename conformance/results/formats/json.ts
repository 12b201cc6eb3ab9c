import type { Report } from '../report.ts'

/** The report as JSON, without the pictures; its schema is `conformance/report.schema.json`. */
export function json(report: Report): string {
  const checks = report.checks.map(({ pictures: _, ...check }) => check)
  return `${JSON.stringify({ ...report, checks }, null, 2)}\n`
}

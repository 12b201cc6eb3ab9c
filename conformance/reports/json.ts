import type { Report } from '../report.ts'

/** The report as JSON; its schema is `conformance/report.schema.json`. */
export function json(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

import type { GateReport } from '../gate-report.ts'

/** The report as JSON; its schema is `gate/report.schema.json`. */
export const json = (report: GateReport): string => `${JSON.stringify(report, null, 2)}\n`

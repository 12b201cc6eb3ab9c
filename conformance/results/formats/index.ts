import type { Report } from '../report.ts'
import { renderHtml } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { RenderOptions } from './output-format.ts'
import { pretty } from './pretty.ts'

/** The formats of `verify --reporter`: each turns a report into the text of a file. */
export const reports = { pretty, json, junit, html: renderHtml, markdown } satisfies Record<
  string,
  (report: Report, options: RenderOptions) => string
>

export type ReportFormat = keyof typeof reports

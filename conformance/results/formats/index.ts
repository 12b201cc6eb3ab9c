import type { Report } from '../report.ts'
import { renderHtml } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { FormatTable } from './output-format.ts'
import { pretty } from './pretty.ts'

/** The formats of `verify --reporter`. */
export const verifyFormats = {
  pretty: { render: pretty },
  json: { render: json },
  junit: { render: junit },
  html: { render: renderHtml },
  markdown: { render: markdown },
} satisfies FormatTable<Report>

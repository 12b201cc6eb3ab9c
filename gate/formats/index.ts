import type { RenderOptions } from '../../conformance/results/formats/output-format.ts'
import type { GateReport } from '../report.ts'
import { codequality } from './codequality.ts'
import { github } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { pretty } from './pretty.ts'
import { sarif } from './sarif.ts'

/** The formats of `gate --reporter`: each turns a report into the text of a file. */
export const formats = { pretty, json, junit, markdown, sarif, github, codequality } satisfies Record<
  string,
  (report: GateReport, options: RenderOptions) => string
>

export type GateFormat = keyof typeof formats

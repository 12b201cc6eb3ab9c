import type { Output, OutputFormat } from '../../conformance/results/formats/output-format.ts'
import type { ContractError } from '../../spec/contract-error.ts'
import type { GateReport } from '../gate-report.ts'
import { changelog } from './changelog.ts'
import { codequality } from './codequality.ts'
import { annotateUnstarted, github } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { pretty } from './pretty.ts'
import { sarif } from './sarif.ts'

export interface GateFormat extends OutputFormat<GateReport> {
  /** What goes to standard output where the contract cannot be read, so that there is no report. */
  renderUnstarted?(error: ContractError): string
}

/** The formats of `gate --reporter`, and what `gate --reports` writes. */
export const gateFormats = {
  pretty: { render: pretty },
  json: { render: json, pipeline: { file: 'gate.json' } },
  junit: { render: junit, pipeline: { file: 'gate.xml' } },
  markdown: { render: markdown, pipeline: { file: 'gate.md' } },
  changelog: { render: changelog, pipeline: { file: 'gate.changelog.md' } },
  sarif: { render: sarif, pipeline: { file: 'gate.sarif' } },
  github: {
    render: github,
    renderUnstarted: annotateUnstarted,
    pipeline: { environment: 'GITHUB_ACTIONS' },
  },
  codequality: {
    render: codequality,
    pipeline: { file: 'gate.codequality.json', environment: 'GITLAB_CI' },
  },
} satisfies Record<string, GateFormat>

/** What the formats of these outputs say where the contract cannot be read. */
export function renderUnstarted(outputs: Output[], error: ContractError): string {
  const formats: Record<string, GateFormat> = gateFormats
  return outputs.map(({ format }) => formats[format]?.renderUnstarted?.(error) ?? '').join('')
}

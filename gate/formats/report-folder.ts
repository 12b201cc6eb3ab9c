import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FormatTable, Output } from '../../conformance/results/formats/output-format.ts'
import { makeFolder } from '../../spec/make-folder.ts'
import type { GateReport } from '../gate-report.ts'
import { gateFormats } from './index.ts'

const formats: FormatTable<GateReport> = gateFormats

/** The files that a run can leave in the folder. */
export const reportFiles: string[] = Object.values(formats).flatMap(({ pipeline }) => pipeline?.file ?? [])

/** Makes the folder and deletes the reports of an earlier run: one that cannot start must leave none. */
export function prepareReportFolder(folder: string): string {
  makeFolder(folder)
  for (const file of reportFiles) rmSync(join(folder, file), { force: true })
  return folder
}

/** What a CI job wants: a file of every format that it keeps, and on GitHub annotations on standard output. */
export function pipelineOutputs(folder: string, env: NodeJS.ProcessEnv): Output[] {
  return Object.entries(formats).flatMap(([format, { pipeline }]) => {
    if (!pipeline || (pipeline.environment && env[pipeline.environment] !== 'true')) return []
    return [{ format, ...(pipeline.file && { file: join(folder, pipeline.file) }) }]
  })
}

import { writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { readUsageFile, type UsageDefaults } from '../fixtures/saved-usage.ts'
import { renderReport } from '../server/report/render.ts'
import { readCapacity, readInstant } from './option-values.ts'

interface ReportOptions extends UsageDefaults {
  out: string
}

export const report = new Command('report')
  .description('renders the usage report of a List-organizations payload without a server')
  .argument('<organizations.json>', 'the payload: { "data": [ … ] }, or the array alone')
  .requiredOption('--out <file>', 'where to write the PDF; - is standard output')
  .option('--workspace-id <id>', "default: the organizations' workspace_id")
  .option('--workspace-name <name>', "default: the payload file's name")
  .option(
    '--as-of <instant>',
    'RFC 3339; default: as_of of the payload, or when the file was last changed',
    readInstant,
  )
  .option(
    '--capacity <type=number>',
    'what the subscription grants (repeatable), such as users=100',
    readCapacity,
    {},
  )
  .action(async (file: string, { out, ...options }: ReportOptions) => {
    const pdf = await renderReport(readUsageFile(file, options))
    if (out === '-') process.stdout.write(pdf)
    else write(out, pdf)
  })

function write(file: string, pdf: Uint8Array): void {
  try {
    writeFileSync(file, pdf)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
}

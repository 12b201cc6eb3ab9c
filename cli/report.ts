import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { checkConsistency } from '../fixtures/consistency.ts'
import type { Quantities } from '../fixtures/organization.ts'
import { PayloadError, readOrganizations } from '../fixtures/payload.ts'
import type { UsageData } from '../fixtures/workspace.ts'
import { renderReport } from '../server/report/render.ts'
import { StartError } from '../server/start-error.ts'

interface ReportOptions {
  out: string
  workspaceId?: string
  workspaceName?: string
  asOf?: string
  capacity: Quantities
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
  .action(async (file: string, options: ReportOptions) => {
    const pdf = await renderReport(readUsage(file, options))
    if (options.out === '-') process.stdout.write(pdf)
    else attempt(options.out, () => writeFileSync(options.out, pdf))
  })

function readUsage(file: string, { workspaceId, workspaceName, asOf, capacity }: ReportOptions): UsageData {
  const text = attempt(file, () => readFileSync(file, 'utf8'))
  const payload: unknown = attempt(file, () => JSON.parse(text.replace(/^\ufeff/, '')))
  const organizations = readOrganizations(payload, file)
  const violations = checkConsistency(organizations)
  if (violations.length > 0) throw new PayloadError(file, violations)
  const id = workspaceId ?? organizations.find(({ workspace_id }) => workspace_id)?.workspace_id ?? 'unknown'
  const stated = (payload as { as_of?: unknown }).as_of
  if (stated !== undefined && !isInstant(stated))
    throw new StartError(`${file}: /as_of`, 'must be an RFC 3339 instant')
  return {
    workspace: { id, name: workspaceName ?? basename(file, extname(file)), billing_mode: 'single' },
    // Never the clock: the same file gives the same report.
    asOf: asOf ?? stated ?? statSync(file).mtime.toISOString(),
    billingAccounts: [{ id: 'subscription', name: 'Subscription', quantities: capacity }],
    organizations,
  }
}

function attempt<Result>(file: string, action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    throw new StartError(file, (error as Error).message)
  }
}

const instant = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && instant.test(value) && !Number.isNaN(Date.parse(value))

function readInstant(text: string): string {
  if (!isInstant(text))
    throw new InvalidArgumentError('An RFC 3339 instant is needed, such as 2026-01-31T12:00:00Z.')
  return text
}

function readCapacity(text: string, previous: Quantities): Quantities {
  const [, type, amount] = /^([^=]+)=(\d{1,15})$/.exec(text) ?? []
  if (!type)
    throw new InvalidArgumentError('A product type and a whole number are needed, such as users=100.')
  return { ...previous, [type]: Number(amount) }
}

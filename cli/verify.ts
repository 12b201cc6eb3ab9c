import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { allChecks } from '../conformance/catalogue/catalogue.ts'
import { type Level, levels } from '../conformance/catalogue/check.ts'
import { type KnownFailure, readBaseline, updateBaseline } from '../conformance/engine/baseline.ts'
import { planSuite } from '../conformance/engine/plan/plan-suite.ts'
import { type RunOptions, runSuite } from '../conformance/engine/run.ts'
import { select } from '../conformance/engine/selection.ts'
import { loadProfile, type Profile } from '../conformance/profile.ts'
import { describeContract } from '../conformance/results/contract.ts'
import { EvidenceFolder } from '../conformance/results/evidence/evidence-folder.ts'
import { Illustrator } from '../conformance/results/evidence/illustrator.ts'
import { type ReportFormat, reports } from '../conformance/results/formats/index.ts'
import { plans } from '../conformance/results/formats/plan.ts'
import { exitCode } from '../conformance/results/report.ts'
import { readCount, readUrl } from './option-values.ts'
import { describeTool } from './package-file.ts'
import { startProgress } from './progress.ts'

interface VerifyOptions {
  profile?: string
  failOn: Level
  only?: string[]
  skip?: string[]
  reporter?: Output[]
  baseline?: string
  updateBaseline?: true
  timeout?: number
  maxBytes?: number
  rate?: number
  concurrency: number
  evidence?: string
  ca?: string
  insecure?: true
  header?: Record<string, string>
  plan?: true
}

interface Output {
  format: ReportFormat
  file?: string
}

export const verify = new Command('verify')
  .description('runs the conformance suite against a deployment')
  .argument(
    '[base-url]',
    "the deployment, with its path prefix if it has one (default: the profile's target)",
    readUrl,
  )
  .option('--profile <file>', 'what is known of the deployment: tokens, workspace, figures (YAML or JSON)')
  .addOption(
    new Option('--fail-on <level>', 'level up to which checks decide').choices(levels).default('contract'),
  )
  .option('--only <id|area>', 'run this check or area only (repeatable)', collect)
  .option('--skip <id|area>', 'do not run this check or area (repeatable)', collect)
  .option(
    '--reporter <name[=file]>',
    `${Object.keys(reports).join(', ')}; to standard output without a file (repeatable)`,
    readOutput,
  )
  .option('--baseline <file>', 'known failures, which do not count')
  .option('--update-baseline', 'write the failures of this run to the baseline')
  .option('--timeout <ms>', 'for one answer (default: 30000)', readPositive)
  .option('--max-bytes <number>', 'for one body (default: 50 MiB)', readPositive)
  .option('--rate <number>', 'requests a second (default: 20)', readPositive)
  .option('--concurrency <number>', 'checks at the same time', readPositive, 4)
  .option('--evidence <dir>', 'write every exchange there, secrets removed')
  .option('--ca <file>', 'trust this certificate authority as well (PEM)')
  .option('--insecure', 'accept any certificate')
  .option('--header <name: value>', 'send this field with every request (repeatable)', readHeader)
  .option('--plan', 'print what would run and what it would cost, without a request')
  .action(async (baseUrl: string | undefined, options: VerifyOptions) => {
    const profile = readProfile(options)
    const target = baseUrl ?? profile.target
    if (!target) throw new Error('no base URL: give one, or write `target` into the profile')
    if (options.updateBaseline && !options.baseline)
      throw new Error('--update-baseline needs --baseline FILE')
    const selection = select(allChecks, options.only, options.skip)
    const baseline = readKnown(options)
    const run: RunOptions = {
      baseUrl: target.replace(/\/+$/, ''),
      ...selection,
      contract: await describeContract(),
      tool: describeTool(),
      failOn: options.failOn,
      baseline,
      concurrency: options.concurrency,
      env: process.env,
      ...(options.ca && { ca: readFileSync(options.ca, 'utf8') }),
      ...(options.insecure && { isInsecure: true }),
      ...(options.header && { extraHeaders: options.header }),
    }
    const outputs = options.reporter ?? [{ format: 'pretty' }]
    if (options.plan) return await printPlan(profile, run, outputs)
    const folder = options.evidence ? new EvidenceFolder(options.evidence) : undefined
    using illustrator = new Illustrator()
    const progress = startProgress()
    const report = await runSuite(profile, {
      ...run,
      onProgress: progress.show.bind(progress),
      ...(folder && { onEvidence: folder.add.bind(folder) }),
      illustrate: illustrator.draw.bind(illustrator),
    })
    folder?.finish(report)
    if (options.updateBaseline && options.baseline) {
      const today = report.startedAt.slice(0, 10)
      const known = updateBaseline(report.checks, baseline, today)
      writeFileSync(options.baseline, `${JSON.stringify(known, null, 2)}\n`)
    }
    for (const output of outputs) write(output, (color) => reports[output.format](report, { color }))
    process.exitCode = exitCode(report)
  })

function readProfile({ profile: file, timeout, maxBytes, rate }: VerifyOptions): Profile {
  if (!file)
    throw new Error(
      '--profile FILE is needed: a member\'s token and a workspace, e.g. {"actors": {"member": {"token": {"env": "TOKEN"}}}, "workspace": {"id": "ws_…"}}',
    )
  const profile = loadProfile(file)
  const limits = {
    ...profile.limits,
    ...(timeout && { timeoutMs: timeout }),
    ...(maxBytes && { maxBytes }),
    ...(rate && { rate }),
  }
  return { ...profile, limits }
}

function readKnown({ baseline, updateBaseline }: VerifyOptions): KnownFailure[] {
  if (!baseline || (updateBaseline && !existsSync(baseline))) return []
  return readBaseline(baseline, new Set(allChecks.map(({ id }) => id)))
}

async function printPlan(profile: Profile, run: RunOptions, outputs: Output[]): Promise<void> {
  const formats = outputs.map(({ format }) => format)
  const unfit = formats.find((format) => !Object.hasOwn(plans, format))
  if (unfit) throw new Error(`--reporter ${unfit}: with --plan, one of ${Object.keys(plans).join(', ')}`)
  const plan = await planSuite(profile, run)
  for (const output of outputs)
    write(output, (color) => plans[output.format as keyof typeof plans](plan, { color }))
}

function write({ file }: Output, render: (color: boolean) => string): void {
  const text = render(!file && process.stdout.isTTY === true && !process.env.NO_COLOR)
  if (file) writeFileSync(file, text)
  else process.stdout.write(text)
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value]
}

function readPositive(text: string): number {
  const number = readCount(text)
  if (number === 0) throw new InvalidArgumentError('A whole number above 0 is needed.')
  return number
}

function readOutput(text: string, previous: Output[] = []): Output[] {
  const [format = '', file] = text.split(/=(.*)/s)
  if (!Object.hasOwn(reports, format))
    throw new InvalidArgumentError(`One of ${Object.keys(reports).join(', ')} is needed.`)
  return [...previous, { format: format as ReportFormat, ...(file && { file }) }]
}

function readHeader(text: string, previous: Record<string, string> = {}): Record<string, string> {
  const [, name, value] = /^([!#$%&'*+.^_`|~\dA-Za-z-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? []
  if (!name || value === undefined)
    throw new InvalidArgumentError("A header field is needed, such as 'X-Api-Key: 123'.")
  return { ...previous, [name]: value }
}

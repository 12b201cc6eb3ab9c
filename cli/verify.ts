import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { type Level, levels } from '../conformance/catalogue/check.ts'
import {
  type KnownFailure,
  readBaseline,
  updateBaseline,
  writeBaseline,
} from '../conformance/engine/baseline.ts'
import type { RunOptions } from '../conformance/engine/run.ts'
import { select } from '../conformance/engine/selection.ts'
import { runSuiteWatched } from '../conformance/engine/watched/run-watched.ts'
import { defaultLimits, loadProfile, type Profile, withLimits } from '../conformance/profile.ts'
import { verifyFormats } from '../conformance/results/formats/index.ts'
import type { Output } from '../conformance/results/formats/output-format.ts'
import { planFormats } from '../conformance/results/formats/plan.ts'
import { exitCode } from '../conformance/results/report.ts'
import { readBoundedText } from '../spec/bounded-file.ts'
import { readHeader, readList, readPositive, readRate, readUrl } from './option-values.ts'
import { defaultOutputs, reporterOption, writeOutputs } from './outputs.ts'
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

export const verify = new Command('verify')
  .description('runs the conformance suite against a deployment')
  .argument(
    '[base-url]',
    "the deployment, with its path prefix if it has one (default: the profile's target)",
    readUrl,
  )
  .option('--profile <file>', 'tokens, workspace and figures of the deployment (YAML or JSON)')
  .addOption(
    new Option('--fail-on <level>', 'the last level whose checks decide the verdict')
      .choices(levels)
      .default('contract'),
  )
  .option('--only <id|area>', 'run this check or area only (repeatable)', readList)
  .option('--skip <id|area>', 'do not run this check or area (repeatable)', readList)
  .addOption(reporterOption(verifyFormats))
  .option('--baseline <file>', 'known failures, which do not count')
  .option('--update-baseline', 'write the failures of this run to the baseline')
  .option('--timeout <ms>', `time limit for one response (default: ${defaultLimits.timeoutMs})`, readPositive)
  .option(
    '--max-bytes <number>',
    `size limit for one body (default: ${defaultLimits.maxBytes / 2 ** 20} MiB)`,
    readPositive,
  )
  .option('--rate <number>', `requests per second, such as 0.5 (default: ${defaultLimits.rate})`, readRate)
  .option('--concurrency <number>', 'checks at the same time', readPositive, 4)
  .option('--evidence <dir>', 'write every request and response there, secrets removed')
  .option('--ca <file>', 'trust this certificate authority as well (PEM)')
  .option('--insecure', 'accept any certificate')
  .option('--header <name: value>', 'send this header with every request (repeatable)', readHeader)
  .option('--plan', 'print what would run and what it would cost, without a request')
  .action(async (baseUrl: string | undefined, options: VerifyOptions) => {
    const profile = readProfile(options)
    const target = baseUrl ?? profile.target
    if (!target) throw new Error('no base URL: give one, or write `target` into the profile')
    if (options.updateBaseline && !options.baseline)
      throw new Error('--update-baseline needs --baseline FILE')
    const baseline = await readKnown(options)
    const run = {
      baseUrl: target,
      tool: describeTool(),
      failOn: options.failOn,
      baseline,
      concurrency: options.concurrency,
      ...(options.ca && { ca: readCertificates(options.ca) }),
      ...(options.insecure && { isInsecure: true }),
      ...(options.header && { extraHeaders: options.header }),
    }
    const outputs = options.reporter ?? defaultOutputs
    if (options.plan) return await printPlan(profile, run, options, outputs)
    const progress = startProgress()
    const report = await runSuiteWatched(profile, {
      ...run,
      ...(options.only && { only: options.only }),
      ...(options.skip && { skip: options.skip }),
      ...(options.evidence && { evidence: options.evidence }),
      isIllustrated: true,
      env: process.env,
      onProgress: progress.show.bind(progress),
      onNotice: progress.note.bind(progress),
    })
    if (options.updateBaseline && options.baseline) {
      const today = report.startedAt.slice(0, 10)
      writeBaseline(options.baseline, updateBaseline(report.checks, baseline, today))
    }
    writeOutputs(verifyFormats, outputs, report)
    process.exitCode = exitCode(report)
  })

/** The bundle of all public authorities has 200 kB. */
const maxBytes = 4 * 2 ** 20

function readCertificates(file: string): string {
  try {
    return readBoundedText(file, maxBytes)
  } catch (error) {
    throw new Error(`--ca ${file}: ${(error as Error).message}`)
  }
}

function readProfile({ profile: file, timeout, maxBytes, rate }: VerifyOptions): Profile {
  if (!file)
    throw new Error(
      '--profile FILE is needed: a member\'s token and a workspace, e.g. {"actors": {"member": {"token": {"env": "TOKEN"}}}, "workspace": {"id": "ws_…"}}',
    )
  return withLimits(loadProfile(file), {
    ...(timeout && { timeoutMs: timeout }),
    ...(maxBytes && { maxBytes }),
    ...(rate && { rate }),
  })
}

// The catalogue is loaded by the thread that runs the checks; here, only where it is needed.
const loadChecks = async () => (await import('../conformance/catalogue/catalogue.ts')).allChecks

async function readKnown({ baseline, updateBaseline }: VerifyOptions): Promise<KnownFailure[]> {
  if (!baseline || (updateBaseline && !existsSync(baseline))) return []
  return readBaseline(baseline, new Set((await loadChecks()).map(({ id }) => id)))
}

async function printPlan(
  profile: Profile,
  run: Omit<RunOptions, 'checks' | 'contract' | 'env'>,
  { only, skip }: VerifyOptions,
  outputs: Output[],
): Promise<void> {
  const unfit = outputs.find(({ format }) => !Object.hasOwn(planFormats, format))
  if (unfit)
    throw new Error(`--reporter ${unfit.format}: with --plan, one of ${Object.keys(planFormats).join(', ')}`)
  const { describeContract } = await import('../conformance/results/contract.ts')
  const { planSuite } = await import('../conformance/engine/plan/plan-suite.ts')
  const plan = await planSuite(profile, {
    ...run,
    ...select(await loadChecks(), only, skip),
    contract: await describeContract(),
    env: process.env,
  })
  writeOutputs(planFormats, outputs, plan)
}

import { accessSync, writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type Level, levels } from '../conformance/catalogue/check.ts'
import { loadFixtures } from '../fixtures/load-fixtures.ts'
import { annotation } from '../gate/formats/github.ts'
import { formats, type GateFormat } from '../gate/formats/index.ts'
import { exitCodes } from '../gate/report.ts'
import { type GateInputs, runGate, shownFrom } from '../gate/run.ts'
import { readAccepted } from '../spec/compatibility/accepted.ts'
import { readContract } from '../spec/compatibility/read-contract.ts'
import { ContractError } from '../spec/contract-error.ts'
import { contractFile } from '../spec/document.ts'
import { readUrl } from './option-values.ts'
import { describeTool } from './package-file.ts'

interface Output {
  format: GateFormat
  file?: string
}

interface GateOptions {
  spec: string
  fixtures?: string
  lint?: string
  base?: string
  accept?: string
  target?: string
  profile?: string
  self?: true
  failOn: Level
  baseline?: string
  reporter: Output[]
}

export const gate = new Command('gate')
  .description('one verdict for CI: contract sound, nothing broken, everything checked, deployment conforms')
  .option('--spec <file>', 'the contract; never fetched: a URL is refused (default: ours)', contractFile)
  .option('--fixtures <dir>', 'fixtures that have to fit it (default: ours)')
  .option('--lint <file>', 'lint by this Redocly configuration')
  .option('--base <file|git:ref[:path]>', 'the contract as it was; without a path, where the contract stands')
  .option('--accept <file>', 'breaks that are accepted, each with a reason and a last day')
  .option('--target <url>', 'ask this deployment', readUrl)
  .option(
    '--profile <file>',
    'what is known of the deployment (YAML or JSON), its target where none is given',
  )
  .option('--self', 'ask the reference server, started for the run')
  .addOption(
    new Option('--fail-on <level>', 'level up to which checks of the deployment decide')
      .choices(levels)
      .default('contract'),
  )
  .option('--baseline <file>', 'known failures of the deployment, which do not count')
  .option(
    '--reporter <name[=file]>',
    `${Object.keys(formats).join(', ')}; to standard output without a file (repeatable)`,
    readOutput,
  )
  .action(async ({ reporter = [{ format: 'pretty' }], ...options }: GateOptions) => {
    assertTogether(options)
    try {
      const inputs = await readInputs(options)
      await using own = options.self ? await startOwn(options.spec) : undefined
      const deployment = await readDeployment(options, own)
      const report = await runGate({ ...inputs, ...(deployment && { deployment }) })
      for (const { format, file } of reporter)
        write(formats[format](report, { color: wantsColor(file) }), file)
      process.exitCode = exitCodes[report.verdict]
    } catch (error) {
      // There is no report to read, but a reviewer still finds the place.
      if (error instanceof ContractError && reporter.some(({ format }) => format === 'github'))
        write(annotation('error', error.reason, 'contract', placeOf(error)))
      throw error
    }
  })

function assertTogether({
  self,
  target,
  profile,
  accept,
  base,
  baseline,
}: Omit<GateOptions, 'reporter'>): void {
  const refuse = (reason: string) => {
    throw new Error(reason)
  }
  if (self && (target || profile)) refuse('--self brings a target and a profile of its own: leave out yours')
  if (target && !profile) refuse('--target needs --profile FILE: at least a member and a workspace')
  if (accept && !base) refuse('--accept needs --base: without it nothing is compared')
  if (baseline && !profile && !self)
    refuse('--baseline needs a deployment: --target and --profile, or --self')
}

async function readInputs(options: Omit<GateOptions, 'reporter'>): Promise<Omit<GateInputs, 'deployment'>> {
  const { spec, fixtures, lint, base, accept } = options
  if (lint) accessSync(lint)
  return {
    tool: describeTool(),
    contract: await readContract(spec),
    fixtures: loadFixtures(fixtures),
    ...(lint && { lintConfig: lint }),
    ...(base && { base: await readContract(base, spec) }),
    ...(accept && { accept: { file: accept, entries: await readAccepted(accept) } }),
    startedAt: new Date(),
  }
}

async function startOwn(spec: string) {
  return (await import('./own-deployment.ts')).startOwnDeployment(spec)
}

type Own = Awaited<ReturnType<typeof startOwn>>

/** Loads the suite only for a deployment: a commit need not wait for what it does not ask. */
async function readDeployment(
  { profile: file, target, failOn, baseline }: Omit<GateOptions, 'reporter'>,
  own: Own | undefined,
): Promise<GateInputs['deployment']> {
  if (!file && !own) return undefined
  const { loadProfile } = await import('../conformance/profile.ts')
  const { readBaseline } = await import('../conformance/engine/baseline.ts')
  const { allChecks } = await import('../conformance/catalogue/catalogue.ts')
  const { startProgress } = await import('./progress.ts')
  const profile = own?.profile ?? loadProfile(file!)
  const url = own?.url ?? target ?? profile.target
  if (!url) throw new Error(`${file}: target is missing, and no --target is given`)
  const progress = startProgress()
  const known = new Set(allChecks.map(({ id }) => id))
  return {
    target: url.replace(/\/+$/, ''),
    profile,
    failOn,
    baseline: baseline ? readBaseline(baseline, known) : [],
    env: process.env,
    onProgress: progress.show.bind(progress),
  }
}

function placeOf({ file, line }: ContractError) {
  return { file: shownFrom(process.cwd(), file), ...(line && { line }) }
}

function write(text: string, file?: string): void {
  if (file) writeFileSync(file, text)
  else process.stdout.write(text)
}

const wantsColor = (file?: string) => !file && process.stdout.isTTY === true && !process.env.NO_COLOR

function readOutput(text: string, previous: Output[] = []): Output[] {
  const [format = '', file] = text.split(/=(.*)/s)
  if (!Object.hasOwn(formats, format))
    throw new InvalidArgumentError(`One of ${Object.keys(formats).join(', ')} is needed.`)
  return [...previous, { format: format as GateFormat, ...(file && { file }) }]
}

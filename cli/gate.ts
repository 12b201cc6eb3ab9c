import { Command, InvalidArgumentError, Option } from 'commander'
import { levels } from '../conformance/catalogue/check.ts'
import type { Output } from '../conformance/results/formats/output-format.ts'
import { defaultFailOn, type FailOn, failingImpacts, parseFailOn } from '../gate/fail-on.ts'
import { gateFormats, renderUnstarted } from '../gate/formats/index.ts'
import { pipelineOutputs, prepareReportFolder, reportFiles } from '../gate/formats/report-folder.ts'
import { type PartName, partNames } from '../gate/gate-report.ts'
import {
  type GateInputs,
  type GateSources,
  readContractInputs,
  readDeploymentInputs,
} from '../gate/inputs.ts'
import { runGate } from '../gate/run.ts'
import { exitCodes } from '../gate/verdict.ts'
import { contractFile } from '../spec/contract-document.ts'
import { ContractError } from '../spec/contract-error.ts'
import { readUrl } from './option-values.ts'
import { defaultOutputs, reporterOption, writeOutputs } from './outputs.ts'
import { describeTool } from './package-file.ts'

interface GateOptions extends Omit<GateSources, 'hasDeployment'> {
  target?: string
  profile?: string
  self?: true
  baseline?: string
  reporter?: Output[]
  reports?: string
  comment?: true
}

export const gate = new Command('gate')
  .description(
    'one verdict for CI: contract valid, no breaking change, everything covered, deployment conforms',
  )
  .option('--spec <file>', 'the contract; never fetched: a URL is refused (default: ours)', contractFile)
  .option(
    '--parts <list>',
    `the parts to run, of ${partNames.join(', ')} (default: all that have what they need)`,
    readParts,
  )
  .option('--fixtures <dir>', 'fixtures that have to fit the contract (default: ours, for our contract)')
  .option('--lint <file>', 'lint by this Redocly configuration')
  .option(
    '--base <file|git:ref[:path]>',
    'the contract before the change; git without a path: at the path of --spec',
  )
  .addOption(
    new Option(
      '--base-missing <ok|fail>',
      'a base that is missing, new in this change or invalid: go on without comparing, or exit with 2',
    )
      .choices(['ok', 'fail'])
      .default('fail'),
  )
  .option(
    '--accept <file>',
    'accepted changes, each with a reason and a last day; rule and place may be patterns',
  )
  .option('--severity <file>', 'what changes mean here: rules or patterns, each breaking, risky or harmless')
  .option('--target <url>', 'verify this deployment', readUrl)
  .option(
    '--profile <file>',
    'tokens, workspace and figures of the deployment (YAML or JSON); may name the target',
  )
  .option('--self', 'verify the reference server, started for the run')
  .addOption(
    new Option(
      '--fail-on <list>',
      `the mildest change that fails (${failingImpacts.join(', ')}), the last level of checks of the deployment that decides (${levels.join(', ')}), or both`,
    )
      .argParser(readFailOn)
      .default(defaultFailOn, `${defaultFailOn.changes},${defaultFailOn.level}`),
  )
  .option('--baseline <file>', 'known failures of the deployment, which do not count')
  .addOption(reporterOption(gateFormats))
  .option(
    '--reports <dir>',
    `for CI: also write ${reportFiles.join(', ')} there, and annotations to standard output on GitHub`,
    prepareReportFolder,
  )
  .option(
    '--comment',
    'keep one comment with the report on the pull request (GITHUB_TOKEN) or merge request (GITLAB_TOKEN)',
  )
  .action(async ({ reporter = defaultOutputs, reports, comment, ...options }: GateOptions) => {
    assertTogether(options)
    const outputs = [...(reports ? pipelineOutputs(reports, process.env) : []), ...reporter]
    try {
      const hasDeployment = options.self === true || options.profile !== undefined
      const inputs = await readContractInputs({ ...options, hasDeployment })
      await using own = options.self && !inputs.skipped.deployment ? await startOwn(options.spec) : undefined
      const deployment = inputs.skipped.deployment ? undefined : await readDeployment(options, own)
      const report = await runGate({
        ...inputs,
        tool: describeTool(),
        startedAt: new Date(),
        ...(deployment && { deployment }),
      })
      writeOutputs(gateFormats, outputs, report)
      process.exitCode = exitCodes[report.verdict]
      if (comment) await tell(({ commentOnReport }) => commentOnReport(report, process.env))
    } catch (error) {
      if (error instanceof ContractError) {
        process.stdout.write(renderUnstarted(outputs, error))
        if (comment)
          await tell(({ commentOnUnstarted }) => commentOnUnstarted(options.spec, error, process.env))
      }
      throw error
    }
  })

/** A comment that cannot be written changes no verdict: what came of it goes to standard error. */
async function tell(
  write: (module: typeof import('../gate/comment/comment-on-report.ts')) => Promise<string>,
) {
  const said = await write(await import('../gate/comment/comment-on-report.ts'))
  process.stderr.write(`${said}\n`)
}

function readParts(text: string): PartName[] {
  return text.split(',').map((word) => {
    const part = partNames.find((name) => name === word.trim())
    if (!part) throw new InvalidArgumentError(`Some of ${partNames.join(', ')} are needed, between commas.`)
    return part
  })
}

function readFailOn(text: string, previous: FailOn): FailOn {
  const failOn = parseFailOn(text, previous)
  if (failOn) return failOn
  throw new InvalidArgumentError(
    `One of ${failingImpacts.join(', ')}, one of ${levels.join(', ')}, or both with a comma are needed.`,
  )
}

/** Throws for options that need another one, or exclude it. */
function assertTogether({ self, target, profile, accept, severity, base, baseline }: GateOptions): void {
  const refuse = (reason: string) => {
    throw new Error(reason)
  }
  if (self && (target || profile)) refuse('--self brings a target and a profile of its own: leave out yours')
  if (target && !profile) refuse('--target needs --profile FILE: at least a member and a workspace')
  for (const [option, file] of Object.entries({ accept, severity }))
    if (file && !base) refuse(`--${option} needs --base: without it nothing is compared`)
  if (baseline && !profile && !self)
    refuse('--baseline needs a deployment: --target and --profile, or --self')
}

/** Loads the server only for `--self`: other runs need not wait for it. */
async function startOwn(spec: string) {
  return (await import('./own-deployment.ts')).startOwnDeployment(spec)
}

async function readDeployment(
  { profile, target, failOn, baseline }: GateOptions,
  own: Awaited<ReturnType<typeof startOwn>> | undefined,
): Promise<GateInputs['deployment']> {
  if (!profile && !own) return undefined
  const progress = (await import('./progress.ts')).startProgress()
  return readDeploymentInputs({
    own,
    failOn,
    env: process.env,
    onProgress: progress.show.bind(progress),
    onNotice: progress.note.bind(progress),
    ...(profile && { profile }),
    ...(target && { target }),
    ...(baseline && { baseline }),
  })
}

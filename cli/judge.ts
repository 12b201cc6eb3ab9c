import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { asJson, asText, type JudgedFile, judgedFile } from '../conformance/pdf/judge/formats.ts'
import type { Expectation } from '../conformance/pdf/judge/judge.ts'
import type { Picture } from '../conformance/pdf/judge/pictures.ts'
import { SandboxedJudge } from '../conformance/pdf/judge/sandboxed-judge.ts'
import { sandboxLimits } from '../conformance/pdf/limits.ts'
import { readOrganizationsFile } from '../fixtures/payload.ts'
import { readCount } from './option-values.ts'

interface Output {
  format: 'pretty' | 'json'
  file?: string
}

interface JudgeOptions {
  organizations: string
  foreign?: string
  workspaceId?: string
  workspaceName?: string
  usage: NonNullable<Expectation['usage']>
  reporter?: Output[]
  pictures?: string
  timeout: number
  memory: number
}

export const judge = new Command('judge')
  .description('judges PDF files: does this document detail these organizations?')
  .argument('<usage.pdf...>', 'files to judge')
  .requiredOption('--organizations <file>', 'a List-organizations payload: what the files must detail')
  .option('--foreign <file>', 'organizations that must not appear (a List-organizations payload)')
  .option('--workspace-id <id>', "the workspace's identifier")
  .option('--workspace-name <name>', "the workspace's name")
  .addOption(
    new Option('--usage <figures>', 'which usage figures count as shown')
      .choices(['direct', 'subtree', 'either'])
      .default('either'),
  )
  .option(
    '--reporter <name[=file]>',
    'pretty or json; without a file to standard output (repeatable)',
    readOutput,
  )
  .option('--pictures <dir>', 'write the pages as PNG, with every finding marked')
  .option('--timeout <ms>', 'longest time for a file', readCount, sandboxLimits.timeoutMs)
  .option('--memory <mb>', 'most memory for a file', readCount, sandboxLimits.memoryMb)
  .action(async (files: string[], options: JudgeOptions) => {
    const expectation = readExpectation(options)
    const contents = files.map((file) => ({ file, bytes: readFileSync(file) }))
    if (options.pictures) mkdirSync(options.pictures, { recursive: true })
    using judge = new SandboxedJudge({ timeoutMs: options.timeout, memoryMb: options.memory })
    const judged: JudgedFile[] = []
    for (const { file, bytes } of contents) {
      if (process.stderr.isTTY && !process.env.CI) process.stderr.write(`judging ${file}\n`)
      const judgement = await judge.judge(bytes, expectation)
      judged.push(judgedFile(file, judgement))
      if (options.pictures) writePictures(options.pictures, file, await judge.draw(bytes, judgement))
    }
    write(judged, options.reporter ?? [{ format: 'pretty' }])
    process.exitCode = exitCode(judged)
  })

function readOutput(text: string, previous: Output[] = []): Output[] {
  const [format, ...rest] = text.split('=')
  if (format !== 'pretty' && format !== 'json')
    throw new InvalidArgumentError('Reporters are pretty and json.')
  return [...previous, { format, ...(rest.length > 0 && { file: rest.join('=') }) }]
}

function readExpectation(options: JudgeOptions): Expectation {
  const { workspaceId: id, workspaceName: name } = options
  return {
    organizations: readOrganizationsFile(options.organizations),
    ...(options.foreign && { foreign: readOrganizationsFile(options.foreign) }),
    ...((id || name) && { workspace: { ...(id && { id }), ...(name && { name }) } }),
    usage: options.usage,
  }
}

function writePictures(dir: string, file: string, pictures: Picture[]): void {
  for (const { page, png } of pictures) writeFileSync(join(dir, `${basename(file, '.pdf')}-${page}.png`), png)
}

function write(judged: JudgedFile[], outputs: Output[]): void {
  for (const { format, file } of outputs) {
    const color = !file && process.stdout.isTTY === true && !process.env.NO_COLOR
    const text = format === 'json' ? asJson(judged) : asText(judged, color)
    if (file) writeFileSync(file, text)
    else process.stdout.write(text)
  }
}

function exitCode(judged: JudgedFile[]): number {
  const has = (...verdicts: string[]) => judged.some(({ verdict }) => verdicts.includes(verdict))
  if (has('nonconforming', 'broken')) return 1
  return has('unreadable') ? 3 : 0
}

import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Command, Option } from 'commander'
import type { Picture } from '../conformance/pdf/judge/drawing/draw-pages.ts'
import { judgeFormats } from '../conformance/pdf/judge/formats.ts'
import type { Expectation } from '../conformance/pdf/judge/judge.ts'
import { describeJudgement, exitCode, type JudgedFile } from '../conformance/pdf/judge/judged-file.ts'
import { SandboxedJudge } from '../conformance/pdf/judge/sandboxed-judge.ts'
import { sandboxLimits } from '../conformance/pdf/limits.ts'
import { Sandbox } from '../conformance/pdf/sandbox/sandbox.ts'
import type { Output } from '../conformance/results/formats/output-format.ts'
import { readOrganizationsFile } from '../fixtures/payload.ts'
import { readBoundedFile } from '../spec/bounded-file.ts'
import { makeFolder } from '../spec/make-folder.ts'
import { readCount } from './option-values.ts'
import { defaultOutputs, reporterOption, writeOutputs } from './outputs.ts'

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
  .addOption(reporterOption(judgeFormats))
  .option(
    '--pictures <dir>',
    'write the pages as PNG, with every finding and what could not be decided marked',
  )
  .option('--timeout <ms>', 'longest processor time for a file', readCount, sandboxLimits.timeoutMs)
  .option('--memory <mb>', 'most memory for a file', readCount, sandboxLimits.memoryMb)
  .action(async (files: string[], options: JudgeOptions) => {
    const expectation = readExpectation(options)
    const contents = files.map((file) => ({ file, bytes: readDocument(file) }))
    if (options.pictures) makeFolder(options.pictures)
    using judge = new SandboxedJudge(new Sandbox({ timeoutMs: options.timeout, memoryMb: options.memory }))
    const judged: JudgedFile[] = []
    for (const { file, bytes } of contents) {
      if (process.stderr.isTTY && !process.env.CI) process.stderr.write(`judging ${file}\n`)
      const judgement = await judge.judge(bytes, expectation)
      judged.push(describeJudgement(file, judgement, await judge.remarks(bytes)))
      if (options.pictures) writePictures(options.pictures, file, await judge.draw(bytes, judgement))
    }
    writeOutputs(judgeFormats, options.reporter ?? defaultOutputs, judged)
    process.exitCode = exitCode(judged)
  })

/** A larger one would need more memory than a run may take. */
const maxBytes = 128 * 2 ** 20

function readDocument(file: string): Buffer {
  try {
    return readBoundedFile(file, maxBytes)
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`)
  }
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

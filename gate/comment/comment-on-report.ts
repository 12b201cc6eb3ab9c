import type { ContractError } from '../../spec/contract-error.ts'
import { markdown } from '../formats/markdown.ts'
import type { GateReport } from '../gate-report.ts'
import { shownFrom } from '../shown-path.ts'
import { commentThreadOf } from './comment-thread.ts'
import { type KeptComment, keepComment } from './keep-comment.ts'

/** Writes the report as comment on the pull or merge request of this job. Never rejects: returns what came of it. */
export const commentOnReport = (report: GateReport, env: NodeJS.ProcessEnv): Promise<string> =>
  comment(env, {
    key: report.contract.file,
    markdown: markdown(report),
    isNews: report.verdict !== 'conforming' || report.changes.length > 0,
  })

/** Says in the comment why there is no report, so that an earlier one does not stay valid. */
export const commentOnUnstarted = (contract: string, error: ContractError, env: NodeJS.ProcessEnv) =>
  comment(env, {
    key: shownFrom(process.cwd(), contract),
    markdown: `## Contract gate: could not start\n\n\`\`\`text\n${error.message.replaceAll('`', "'")}\n\`\`\`\n`,
    isNews: true,
  })

async function comment(env: NodeJS.ProcessEnv, kept: KeptComment): Promise<string> {
  const thread = commentThreadOf(env)
  if ('missing' in thread) return `no comment: ${thread.missing}`
  try {
    return `comment on ${thread.name}: ${await keepComment(thread, kept)}`
  } catch (error) {
    return `no comment on ${thread.name}: ${(error as Error).message}`
  }
}

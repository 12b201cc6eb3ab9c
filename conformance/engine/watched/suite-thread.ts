import { parentPort, workerData } from 'node:worker_threads'
import type { Check, CheckId } from '../../catalogue/check.ts'
import type { Profile } from '../../profile.ts'
import { describeContract } from '../../results/contract.ts'
import { EvidenceFolder } from '../../results/evidence/evidence-folder.ts'
import { Illustrator } from '../../results/evidence/illustrator.ts'
import type { CheckResult, Report } from '../../results/report.ts'
import { type RunOptions, runSuite } from '../run.ts'
import { select } from '../selection.ts'
import { beat, type ThreadMessage, type Watched } from './watchdog.ts'

/** The options of a run that can be handed to a thread. */
export interface ThreadOptions
  extends Pick<
    RunOptions,
    'baseUrl' | 'tool' | 'failOn' | 'baseline' | 'concurrency' | 'ca' | 'isInsecure' | 'extraHeaders'
  > {
  /** Ids or areas, as `select` takes them. */
  only?: string[]
  skip?: string[]
  /** The folder of `--evidence`. */
  evidence?: string
  /** Whether the documents of failed checks are drawn. */
  isIllustrated?: boolean
}

export type SuiteEvent =
  | { kind: 'planned'; report: Report }
  | { kind: 'exchange'; check: CheckId; request: string; isRead: boolean }
  | { kind: 'finished'; result: CheckResult; done: number; total: number }
  | { kind: 'notice'; text: string }

/** Runs checks in this thread, as `runSuiteWatched` has started it, and posts what happens. */
export async function runInThread(checks: Check[]): Promise<void> {
  const { profile, options, ...watched } = workerData as Watched & {
    profile: Profile
    options: ThreadOptions
  }
  beat(watched)
  const post = (message: ThreadMessage<SuiteEvent, Report>) => parentPort?.postMessage(message)
  const { only, skip, evidence, isIllustrated, ...run } = options
  const folder = evidence === undefined ? undefined : new EvidenceFolder(evidence)
  using illustrator = new Illustrator()
  const report = await runSuite(profile, {
    ...run,
    contract: await describeContract(),
    ...select(checks, only, skip),
    env: process.env,
    onPlanned: (report) => post({ event: { kind: 'planned', report } }),
    onExchange: (check, request, isRead) => post({ event: { kind: 'exchange', check, request, isRead } }),
    onProgress: (result, done, total) => post({ event: { kind: 'finished', result, done, total } }),
    onNotice: (text) => post({ event: { kind: 'notice', text } }),
    ...(folder && { onEvidence: folder.add.bind(folder) }),
    ...(isIllustrated && { illustrate: illustrator.draw.bind(illustrator) }),
  })
  folder?.finish(report)
  post({ value: report })
}

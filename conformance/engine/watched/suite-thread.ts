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
    'baseUrl' | 'tool' | 'failOn' | 'baseline' | 'concurrency' | 'ca' | 'isInsecure' | 'extraHeaders' | 'env'
  > {
  /** Default: ours, with everything that it requires. */
  contract?: Report['contract']
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
  const folder = evidence === undefined ? undefined : new EvidenceFolder(evidence, run.tool)
  const notify = (text: string) => post({ event: { kind: 'notice', text } })
  let isWritable = true
  // The verdict stands without evidence, where for instance the disk is full.
  const write = (writeSome: () => void) => {
    if (!isWritable) return
    try {
      writeSome()
    } catch (error) {
      isWritable = false
      notify(`--evidence ${evidence}: no more is written: ${(error as Error).message}`)
    }
  }
  const illustrator = new Illustrator()
  const report = await runSuite(profile, {
    ...run,
    contract: run.contract ?? (await describeContract()),
    ...select(checks, only, skip),
    onPlanned: (report) => post({ event: { kind: 'planned', report } }),
    onExchange: (check, exchange, isRead, redactor) => {
      const request = redactor.text(`${exchange.request.method} ${exchange.url}`)
      post({ event: { kind: 'exchange', check, request, isRead } })
      // What ends the run may be this response: it is written before it is read.
      if (isRead) write(() => folder?.archive(exchange, check, redactor))
    },
    onProgress: (result, done, total) => {
      write(() => folder?.addPictures(result))
      post({ event: { kind: 'finished', result, done, total } })
    },
    onNotice: notify,
    onEvidence: (check, exchanges, redactor) => write(() => folder?.add(check, exchanges, redactor)),
    ...(isIllustrated && { illustrate: illustrator.draw.bind(illustrator) }),
  })
  write(() => folder?.finish())
  post({ value: report })
}

import type { CheckId } from '../../catalogue/check.ts'
import type { Profile } from '../../profile.ts'
import type { CheckResult, Report } from '../../results/report.ts'
import type { RunOptions } from '../run.ts'
import type { SuiteEvent, ThreadOptions } from './suite-thread.ts'
import { completeReport } from './unfinished-report.ts'
import { runWatched } from './watchdog.ts'

export interface WatchedRunOptions extends ThreadOptions {
  onProgress?: RunOptions['onProgress']
  onNotice?: RunOptions['onNotice']
  /** The module that runs the checks in its thread. Default: the one that runs all of the catalogue. */
  script?: URL
  /** How long the thread may compute without a pause. Default: a minute. */
  blockedAfterMs?: number
  /** What the heap of the thread may take. Default: 768. */
  memoryMb?: number
}

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const suiteWorker = new URL(`./suite-worker${extension}`, import.meta.url)

/**
 * Runs the suite in a thread. A run that stands still, because something that the deployment sent makes it compute
 * without end, or that needs too much memory, ends with a report as well: what was decided until then stands, and the
 * rest could not be told. Rejects where the run cannot start.
 */
export async function runSuiteWatched(profile: Profile, options: WatchedRunOptions): Promise<Report> {
  const { onProgress, onNotice, script = suiteWorker, ...others } = options
  const { blockedAfterMs = 60_000, memoryMb = 768, ...threadOptions } = others
  const finished = new Map<CheckId, CheckResult>()
  let planned: Report | undefined
  let last: Extract<SuiteEvent, { kind: 'exchange' }> | undefined
  const onEvent = (event: SuiteEvent) => {
    if (event.kind === 'planned') planned = event.report
    else if (event.kind === 'exchange') last = event
    else if (event.kind === 'notice') onNotice?.(event.text)
    else {
      finished.set(event.result.id, event.result)
      onProgress?.(event.result, event.done, event.total)
    }
  }
  // `process.env` cannot be handed to a thread as it is.
  const data = { profile, options: { ...threadOptions, env: { ...threadOptions.env } } }
  const ending = await runWatched<SuiteEvent, Report>({ script, data, onEvent, blockedAfterMs, memoryMb })
  if (ending.kind === 'done') return ending.value
  const cause =
    ending.kind === 'blocked'
      ? `the run was ended, because it computed for ${Math.round(ending.forMs / 1000)} s without a pause`
      : `the run was ended, because it needed more than ${memoryMb} MB of memory`
  if (!planned) throw new Error(`${cause} before the first check`)
  const { baseline = [] } = options
  return await completeReport({ planned, finished, cause, last, baseline })
}

import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { processorMs } from '../../processor-time.ts'
import { limitReached, type WatchedLimits } from './protocol.ts'

/**
 * A thread beside the task's, which works however busy the task is: ends the process when it exceeds its memory or its
 * processor time, or its parent is gone.
 */
const { memoryMb, mostProcessorMs } = workerData as WatchedLimits
const parent = process.ppid
const pollEveryMs = 20

setInterval(() => {
  const reached = reachedLimit()
  if (reached) writeSync(2, limitReached[reached])
  else if (process.ppid === parent) return
  process.kill(process.pid, 'SIGKILL')
}, pollEveryMs)

function reachedLimit(): keyof typeof limitReached | undefined {
  if (process.memoryUsage.rss() > memoryMb * 2 ** 20) return 'memory'
  const most = Atomics.load(mostProcessorMs, 0)
  return most > 0 && processorMs() > most ? 'time' : undefined
}

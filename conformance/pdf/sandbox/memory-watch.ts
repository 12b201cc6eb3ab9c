import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

/** The thread beside a task, which is too busy to look after itself: ends the process that takes too much, or is orphaned. */
const { memoryMb } = workerData as { memoryMb: number }
const parent = process.ppid
const pollEveryMs = 20

setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * 2 ** 20) writeSync(2, '\nout of memory\n')
  else if (process.ppid === parent) return
  process.kill(process.pid, 'SIGKILL')
}, pollEveryMs)

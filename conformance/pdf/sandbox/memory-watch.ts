import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

/** A thread beside the task's: ends the process when it exceeds its memory or its parent is gone, however busy the task is. */
const { memoryMb } = workerData as { memoryMb: number }
const parent = process.ppid
const pollEveryMs = 20

setInterval(() => {
  if (process.memoryUsage.rss() > memoryMb * 2 ** 20) writeSync(2, '\nout of memory\n')
  else if (process.ppid === parent) return
  process.kill(process.pid, 'SIGKILL')
}, pollEveryMs)

import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Report } from '../../conformance/results/report.ts'
import type { MisdirectedRequest } from '../servers/start-hostile.ts'

/** How a run of the suite against a hostile deployment ended. */
export interface HostileRun {
  id: string
  verdict: Report['verdict']
  durationMs: number
  /** Peak resident memory of the suite's process, in MiB. */
  peakMiB: number
  /** Requests that followed the deployment to another origin. */
  misdirected: MisdirectedRequest[]
  /** Credentials found in the report, by the actor's name. */
  leaked: string[]
}

export type SuiteProcessResult = Omit<HostileRun, 'misdirected' | 'id'>

/** Runs the suite and a hostile deployment, each in a process of its own. Rejects where the suite's ends early. */
export async function runAgainstHostile(id: string): Promise<HostileRun> {
  const host = fork(new URL('./deployment-process.ts', import.meta.url), [id])
  const [target] = (await once(host, 'message')) as [object]
  const suite = fork(new URL('./suite-process.ts', import.meta.url))
  suite.send(target)
  try {
    const ended = once(suite, 'exit').then(([code]) => {
      throw new Error(`the suite ended with ${code} against ${id}`)
    })
    const [result] = (await Promise.race([once(suite, 'message'), ended])) as [SuiteProcessResult]
    host.send('misdirected')
    const [misdirected] = (await once(host, 'message')) as [MisdirectedRequest[]]
    return { id, ...result, misdirected }
  } finally {
    suite.kill()
    host.kill()
  }
}

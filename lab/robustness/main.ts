import { mapConcurrently } from '../../conformance/http/concurrency.ts'
import { hostileServers } from '../servers/index.ts'
import { runAgainstHostile } from './robustness.ts'

// Runs the suite against every hostile deployment, or those whose ids are arguments. Exit code 1: the suite's process
// died, took too much memory, sent requests to another origin, or wrote a credential into its report.

/** The suite holds bodies of at most 1 MiB and reads PDFs in other processes, so it needs far less. */
const mostMiB = 512

/** Two at a time: most of a run is waiting for a deployment that does not respond. */
const atOnce = 2

const named = process.argv.slice(2)
const wanted = hostileServers.filter(({ id }) => named.length === 0 || named.includes(id))
await mapConcurrently(wanted, atOnce, async ({ id, title }) => {
  try {
    const { verdict, durationMs, peakMiB, misdirected, leaked } = await runAgainstHostile(id)
    const faults = [
      peakMiB > mostMiB && 'TOO MUCH MEMORY',
      misdirected.length > 0 && 'FOLLOWED ELSEWHERE',
      leaked.length > 0 && `LEAKED ${leaked.join(' ')}`,
    ]
    const worst = faults.filter(Boolean).join(', ')
    process.stdout.write(`${id}: ${verdict}, ${durationMs} ms, ${peakMiB} MiB ${worst} (${title})\n`)
    if (worst) process.exitCode = 1
  } catch (error) {
    process.stdout.write(`${id}: ${(error as Error).message} (${title})\n`)
    process.exitCode = 1
  }
})

import { mapConcurrently } from '../../conformance/http/rate-limiter.ts'
import { hostileServers } from '../servers/index.ts'
import { runAgainstHostile } from './robustness.ts'

/**
 * Runs the suite against every hostile deployment, or those named as arguments. Exit code 1: the suite
 * died, took too much memory, followed it elsewhere, or wrote a credential into its report.
 */
/** A suite that holds a body of 1 MiB and reads PDFs in processes of their own needs far less. */
const mostMiB = 512

/** Two at a time: much of a siege is waiting for a deployment that does not answer. */
const atOnce = 2

const named = process.argv.slice(2)
const wanted = hostileServers.filter(({ id }) => named.length === 0 || named.includes(id))
await mapConcurrently(wanted, atOnce, async ({ id, title }) => {
  try {
    const { verdict, durationMs, peakMiB, strays, leaked } = await runAgainstHostile(id)
    const faults = [
      peakMiB > mostMiB && 'TOO MUCH MEMORY',
      strays.length > 0 && 'FOLLOWED ELSEWHERE',
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

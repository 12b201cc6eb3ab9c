import vm from 'node:vm'
import type { Sandbox } from '../../../conformance/pdf/sandbox/sandbox.ts'
import { clockPerProcessorTime, processorMs } from '../../../conformance/processor-time.ts'
import type { Message } from '../../../spec/schemas.ts'
import { runBounded } from '../../bounded.ts'

/** A value that has to fit the schema at a JSON pointer of the contract. */
export interface Candidate {
  schema: string
  value: unknown
  message?: Message
}

/** What keeps a value from fitting, or from being judged: a pattern that backtracks, a schema that cannot be compiled. */
export type Misfit = { misfit: string } | { undecided: string } | undefined

/** A misfit for each candidate; patterns of the contract run in a process that can be ended. */
export const misfitsOf = (openapi: object, candidates: Candidate[], sandbox: Sandbox) =>
  runBounded<Misfit[]>(sandbox, { module: import.meta.url, name: findMisfits.name }, { openapi, candidates })

/** The longest that one value may take, in processor time. */
const timeoutMs = 2000

/** Runs in the sandbox. */
export async function findMisfits({
  openapi,
  candidates,
}: {
  openapi: object
  candidates: Candidate[]
}): Promise<Misfit[]> {
  const { schemasOf } = await import('../../../spec/schemas.ts')
  const schemas = schemasOf(openapi)
  const found: Misfit[] = []
  const judgeNext = () => {
    const { schema, value, message } = candidates[found.length]!
    try {
      const misfit = schemas.findMisfit(schema, value, message)
      found.push(misfit === undefined ? undefined : { misfit })
    } catch (error) {
      found.push({ undecided: (error as Error).message })
    }
  }
  const judgeRest = () => {
    while (found.length < candidates.length) judgeNext()
  }
  while (found.length < candidates.length) {
    const before = found.length
    // The time may run out just after the last one was judged.
    if (isEnded(judgeRest) || found.length === candidates.length) break
    // The one that took too long may have been the last of many: it gets the time for itself.
    if (found.length > before && isEnded(judgeNext)) continue
    found.push({ undecided: `not decided after ${timeoutMs / 1000} s of processor time` })
  }
  return found
}

/** Whether a function came to its end in time; on a busy machine it may be called again. V8 ends it even within a regular expression. */
function isEnded(work: () => void): boolean {
  for (let timeout = timeoutMs; timeout <= clockPerProcessorTime * timeoutMs; timeout *= 2) {
    const before = processorMs()
    try {
      vm.runInNewContext('work()', { work }, { timeout })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    }
    if (processorMs() - before >= 0.9 * timeoutMs) break
  }
  return false
}

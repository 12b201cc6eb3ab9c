import { runLimited } from '../../../conformance/pdf/sandbox/sandbox.ts'
import { limitsFor } from '../../bounded.ts'
import type { CheckOutcome } from '../../run-check.ts'

/** Runs in the sandbox: how many operations Prism finds, or why it refuses the contract. */
export async function countOperations(
  openapi: object,
): Promise<{ operations: number } | { refused: string }> {
  const { loadPrismReader } = await import('../../../spec/prism.ts')
  const { getHttpOperationsFromSpec } = await loadPrismReader()
  try {
    return { operations: (await getHttpOperationsFromSpec(openapi)).length }
  } catch (error) {
    return { refused: (error as Error).message }
  }
}

/** Whether Prism loads all operations. Bounded: on large circular contracts it can take hours. */
export async function loadInPrism(
  openapi: object,
  expected: number,
  within = limitsFor(openapi),
): Promise<CheckOutcome> {
  const task = { module: import.meta.url, name: countOperations.name }
  const ending = await runLimited<Awaited<ReturnType<typeof countOperations>>>(task, openapi, within)
  if (ending.kind === 'timedOut')
    return {
      cantTell: `Prism had not loaded the contract after ${ending.timeoutMs / 1000} s of processor time`,
    }
  if (ending.kind === 'outOfMemory')
    return { cantTell: `Prism took more than ${ending.memoryMb} MB of memory to load the contract` }
  if (ending.kind === 'crashed') return { cantTell: `Prism could not be run: ${ending.reason}` }
  const result = ending.value
  const message =
    'refused' in result
      ? `Prism refuses the contract: ${result.refused}`
      : result.operations < expected
        ? `Prism finds ${result.operations} of ${expected} operations`
        : undefined
  // Prism reads OpenAPI 3.1 in part only (webhooks, path items as components): what it misses is no mistake.
  if (message && isNewer(openapi)) return { skipped: `${message}; it does not take all of OpenAPI 3.1` }
  const findings = message ? [{ rule: 'prism', severity: 'error' as const, message }] : []
  return { examined: expected, findings }
}

const isNewer = (openapi: object) => !String((openapi as { openapi?: unknown }).openapi).startsWith('3.0.')

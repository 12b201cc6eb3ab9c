import type { SandboxLimits } from '../conformance/pdf/limits.ts'
import { Sandbox, type Task } from '../conformance/pdf/sandbox/sandbox.ts'

/** What a check of contracts may take. The time grows with them. */
export function limitsFor(...documents: object[]): SandboxLimits {
  const megabytes = JSON.stringify(documents).length / 2 ** 20
  return { timeoutMs: Math.round(30_000 * (1 + megabytes)), memoryMb: 1024 }
}

/**
 * A process in which the checks of a run read contracts, each within limits: patterns, references and sizes in them
 * may ask for hours and gigabytes.
 */
export const boundedBy = (...documents: object[]) => new Sandbox(limitsFor(...documents))

/** What a task makes of its input; `cantTell` where it reaches a limit. Rejects with the error that it throws. */
export async function runBounded<T>(
  sandbox: Sandbox,
  task: Task,
  input: unknown,
): Promise<{ value: T } | { cantTell: string }> {
  const ending = await sandbox.run<T>(task, input)
  switch (ending.kind) {
    case 'done':
      return { value: ending.value }
    case 'timedOut':
      return { cantTell: `not decided after ${ending.timeoutMs / 1000} s of processor time` }
    case 'outOfMemory':
      return { cantTell: `not decided with ${ending.memoryMb} MB of memory` }
    case 'crashed':
      throw new Error(ending.reason)
  }
}

/** What a sandbox sends to its process. */
export interface Job {
  module: string
  name: string
  input: unknown
}

/** What the process answers; it can take another job only if `reusable`. */
export interface Reply {
  ending:
    | { kind: 'done'; value: unknown }
    | { kind: 'timedOut'; timeoutMs: number }
    | { kind: 'outOfMemory'; memoryMb: number }
    | { kind: 'crashed'; reason: string }
  reusable: boolean
}

/** What the thread in the process watches. */
export interface WatchedLimits {
  memoryMb: number
  /** Shared: the processor time, since the process started, at which its task is ended; 0 while there is none. */
  mostProcessorMs: Int32Array<SharedArrayBuffer>
}

/** What the thread writes to standard error before it ends the process. */
export const limitReached = { memory: '\nout of memory\n', time: '\nout of processor time\n' }

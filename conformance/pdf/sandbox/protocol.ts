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

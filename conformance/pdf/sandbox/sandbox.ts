import { type ChildProcess, fork } from 'node:child_process'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { clockPerProcessorTime } from '../../processor-time.ts'
import { type SandboxLimits, sandboxLimits } from '../limits.ts'
import { type Job, limitReached, type Reply } from './protocol.ts'

/** An exported function of one argument; argument and result are cloned (structured clone), never shared. */
export interface Task {
  /** The module's URL, as `new URL('../judge/judge.ts', import.meta.url).href`. */
  module: string
  name: string
}

export type Ending<T> =
  | { kind: 'done'; value: T }
  | { kind: 'timedOut'; timeoutMs: number }
  | { kind: 'outOfMemory'; memoryMb: number }
  | { kind: 'crashed'; reason: string }

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const program = fileURLToPath(new URL(`./child${extension}`, import.meta.url))

/** No credentials: the code inside reads files that may attack it. */
const inheritedVariables = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot', 'NODE_COMPILE_CACHE']

/** pdf.js loads a canvas that reads every font of the system as it starts; `canvasOfPdfParse` does so where pages are drawn. */
const ownVariables = { DISABLE_SYSTEM_FONTS_LOAD: '1' }

interface Worker {
  process: ChildProcess
  /** The end of its standard error, where V8 says why it ended. */
  errorOutput: string
}

/**
 * Runs tasks in processes that are killed when they take too long or too much. A thread would not do: buffers do not
 * count towards its heap limit, and a fatal V8 error in it ends the whole process. Processes stay warm for the next
 * task until `close`, and never keep the program alive.
 */
export class Sandbox implements AsyncDisposable {
  readonly #limits: SandboxLimits
  readonly #idle: Worker[] = []

  constructor(limits: Partial<SandboxLimits> = {}) {
    this.#limits = { ...sandboxLimits, ...limits }
  }

  /** Never rejects and always settles: errors, timeouts and crashes inside become a value. */
  async run<T>(task: Task, input: unknown): Promise<Ending<T>> {
    const worker = this.#idle.pop() ?? this.#start()
    keepProgramAlive(worker.process, true)
    const reply = await runJob(worker, { ...task, input }, this.#limits)
    if (reply.reusable && worker.process.connected) {
      keepProgramAlive(worker.process, false)
      this.#idle.push(worker)
    } else worker.process.kill('SIGKILL')
    return reply.ending as Ending<T>
  }

  close(): void {
    for (const { process } of this.#idle.splice(0)) process.kill('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
  }

  #start(): Worker {
    const environment = inheritedVariables.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    })
    const { memoryMb, timeoutMs } = this.#limits
    const child = fork(program, [memoryMb, timeoutMs].map(String), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: heapOptions(memoryMb),
      env: { ...Object.fromEntries(environment), ...ownVariables },
    })
    const worker: Worker = { process: child, errorOutput: '' }
    child.stderr?.on('data', (chunk: Buffer) => {
      worker.errorOutput = (worker.errorOutput + chunk.toString()).slice(-4096)
    })
    // An idle process may end because of an earlier task; no promise is pending then.
    child.on('error', () => {})
    child.on('exit', () => {
      const place = this.#idle.indexOf(worker)
      if (place >= 0) this.#idle.splice(place, 1)
    })
    return worker
  }
}

/** Runs one task in a process of its own and ends that process. */
export async function runLimited<T>(
  task: Task,
  input: unknown,
  limits: Partial<SandboxLimits> = {},
): Promise<Ending<T>> {
  const sandbox = new Sandbox(limits)
  try {
    return await sandbox.run<T>(task, input)
  } finally {
    sandbox.close()
  }
}

function runJob(worker: Worker, job: Job, { timeoutMs, memoryMb }: SandboxLimits): Promise<Reply> {
  const child = worker.process
  return new Promise((resolve) => {
    const end = (reply: Reply) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('close', onClose).off('error', onError)
      resolve(reply)
    }
    const crashed = (reason: string) => end({ ending: { kind: 'crashed', reason }, reusable: false })
    const onMessage = (reply: unknown) => end(reply as Reply)
    const onError = (error: Error) => crashed(error.message)
    const onClose = (code: number | null, signal: string | null) => {
      if (worker.errorOutput.includes(limitReached.time))
        end({ ending: { kind: 'timedOut', timeoutMs }, reusable: false })
      else if (isOutOfMemory(worker.errorOutput))
        end({ ending: { kind: 'outOfMemory', memoryMb }, reusable: false })
      else crashed(`the process ended with ${signal ?? `code ${code}`}: ${worker.errorOutput.trim()}`)
    }
    // The process ends itself by its processor time; the clock ends what waits instead of working.
    const timer = setTimeout(
      () => end({ ending: { kind: 'timedOut', timeoutMs }, reusable: false }),
      clockPerProcessorTime * timeoutMs,
    )
    child.on('message', onMessage).on('close', onClose).on('error', onError)
    if (child.exitCode !== null || child.signalCode !== null) return onClose(child.exitCode, child.signalCode)
    try {
      child.send(job, (error) => error && onError(error))
    } catch (error) {
      onError(error as Error)
    }
  })
}

/**
 * Less than the process may take: V8 collects what is dead before the watching thread counts it. Node and pdf.js take a
 * third of the default beside the heap, and V8's space for new objects three times what it is set to.
 */
function heapOptions(memoryMb: number): string[] {
  return [`--max-old-space-size=${Math.floor(0.6 * memoryMb)}`, '--max-semi-space-size=4']
}

function isOutOfMemory(errorOutput: string): boolean {
  return /out of memory|allocation failed|bad_alloc/i.test(errorOutput)
}

/** Whether the process and its pipes keep the program from ending. */
function keepProgramAlive(child: ChildProcess, keeps: boolean): void {
  const stderr = child.stderr as (Readable & { ref(): void; unref(): void }) | null
  for (const handle of [child, child.channel, stderr]) {
    if (keeps) handle?.ref()
    else handle?.unref()
  }
}

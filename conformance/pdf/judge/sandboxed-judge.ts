import { type Ending, Sandbox } from '../sandbox/sandbox.ts'
import type { Picture } from './drawing/draw-pages.ts'
import type { Judgement } from './judging/finding.ts'
import type { Expectation } from './reading/expectation.ts'

interface Input {
  bytes: Uint8Array
  expectation: Expectation
}

/** A sandbox task. The PDF reader is loaded only there. */
export async function judgeInside({ bytes, expectation }: Input): Promise<Judgement> {
  const { judgePdf } = await import('./judge.ts')
  return judgePdf(bytes, expectation)
}

/** A sandbox task. */
export async function remarkInside(bytes: Uint8Array): Promise<string[]> {
  const { remarksOf } = await import('./file-remarks.ts')
  return remarksOf(bytes)
}

/** A sandbox task. */
export async function drawInside({
  bytes,
  judgement,
}: {
  bytes: Uint8Array
  judgement: Judgement
}): Promise<Picture[]> {
  const { drawPages } = await import('./drawing/draw-pages.ts')
  return drawPages(bytes, judgement)
}

/** Judges files in processes that are ended when they exceed time or memory, so that no file can harm the program. */
export class SandboxedJudge implements Disposable {
  readonly #sandbox: Sandbox

  constructor(sandbox = new Sandbox()) {
    this.#sandbox = sandbox
  }

  /** Never rejects: a file that cannot be read within the limits is `unreadable`, whatever the limits were. */
  async judge(bytes: Uint8Array, expectation: Expectation): Promise<Judgement> {
    const started = performance.now()
    const task = { module: import.meta.url, name: judgeInside.name }
    const ending = await this.#sandbox.run<Judgement>(task, { bytes, expectation } satisfies Input)
    if (ending.kind === 'done') return ending.value
    const message = causeOf(ending)
    const durationMs = Math.round(performance.now() - started)
    const none = { pages: 0, durationMs, confirmed: [] }
    return ending.kind === 'crashed'
      ? { ...none, verdict: 'broken', findings: [{ kind: 'broken-file', message }] }
      : { ...none, verdict: 'unreadable', findings: [{ kind: 'unreadable-text', message }] }
  }

  /** What is wrong with the file but not with its content; nothing where it cannot be read within the limits. */
  async remarks(bytes: Uint8Array): Promise<string[]> {
    const task = { module: import.meta.url, name: remarkInside.name }
    const ending = await this.#sandbox.run<string[]>(task, bytes)
    return ending.kind === 'done' ? ending.value : []
  }

  /** The pages with their marks; none where they cannot be drawn within the limits. */
  async draw(bytes: Uint8Array, judgement: Judgement): Promise<Picture[]> {
    const task = { module: import.meta.url, name: drawInside.name }
    const ending = await this.#sandbox.run<Picture[]>(task, { bytes, judgement })
    return ending.kind === 'done' ? ending.value : []
  }

  [Symbol.dispose](): void {
    this.#sandbox.close()
  }
}

function causeOf(ending: Exclude<Ending<unknown>, { kind: 'done' }>): string {
  if (ending.kind === 'timedOut')
    return `reading it takes more than ${ending.timeoutMs / 1000} seconds of processor time: allow it more`
  if (ending.kind === 'outOfMemory')
    return `reading it takes more than ${ending.memoryMb} MB of memory: allow it more`
  return `reading it fails: ${ending.reason}`
}

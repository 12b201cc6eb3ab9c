import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Outcome } from '../labelled-files.ts'
import type { WeightName, WeightValues } from './weight-values.ts'

/** Which cases a thread judges: those of `seeds`, of which it takes every `parts`-th. */
export interface Share {
  seeds: number[]
  part: number
  parts: number
}

/** `moved` as in `Evaluate`. */
export interface Request {
  material: 'drawn' | 'files'
  weights: WeightValues
  moved?: WeightName
}

/** The outcomes in order; null: as before. */
export interface Answer {
  outcomes: (Outcome | null)[]
  /** The set of each file. */
  sets?: string[]
}

/** The cases that weights are fitted to, and the files that they are checked on, judged by several threads. */
export class Cases implements Disposable {
  readonly #threads: Worker[]
  /** Of the last weights of which none was moved, by thread. */
  #outcomes: Outcome[][] = []

  constructor(seeds: number[], parts: number) {
    this.#threads = Array.from({ length: parts }, (_, part) => {
      const workerData: Share = { seeds, part, parts }
      return new Worker(new URL('worker.ts', import.meta.url), { workerData })
    })
  }

  /** The outcomes of the drawn cases, as `Evaluate`. */
  async evaluate(weights: WeightValues, moved?: WeightName): Promise<Outcome[]> {
    const answers = await this.#ask({ material: 'drawn', weights, ...(moved && { moved }) })
    const outcomes = answers.map(({ outcomes }, part) =>
      outcomes.map((outcome, at) => outcome ?? this.#outcomes[part]![at]!),
    )
    if (!moved) this.#outcomes = outcomes
    return outcomes.flat()
  }

  /** The outcomes of the files whose verdict is known, by set. */
  async checkFiles(weights: WeightValues): Promise<Map<string, Outcome[]>> {
    const answers = await this.#ask({ material: 'files', weights })
    const all = answers.flatMap(({ outcomes, sets }) =>
      outcomes.map((outcome, at) => ({ outcome: outcome!, set: sets![at]! })),
    )
    const bySet = Map.groupBy(all, ({ set }) => set)
    return new Map([...bySet].map(([set, own]) => [set, own.map(({ outcome }) => outcome)]))
  }

  async #ask(request: Request): Promise<Answer[]> {
    return Promise.all(
      this.#threads.map(async (thread) => {
        const answered = once(thread, 'message')
        thread.postMessage(request)
        return (await answered)[0] as Answer
      }),
    )
  }

  [Symbol.dispose](): void {
    for (const thread of this.#threads) void thread.terminate()
  }
}

import { visible } from '../../../spec/visible.ts'
import type { CheckResult } from '../report.ts'
import { outcomeNames } from './summary.ts'

export interface ProgressOptions {
  /** The width of a terminal whose last line can be written over; undefined where there is only a log. */
  columns?: number | undefined
  write(text: string): void
}

/** Shows how far a run is: on a terminal a line that keeps changing, in a log each failure and every tenth. */
export class Progress {
  #options: ProgressOptions
  #failed = 0

  constructor(options: ProgressOptions) {
    this.#options = options
  }

  /** Call it as each check ends. */
  show({ id, title, outcome }: CheckResult, done: number, total: number): void {
    const { columns, write } = this.#options
    const isFailed = outcome === 'failed'
    if (isFailed) this.#failed += 1
    if (columns === undefined) {
      if (isFailed) write(`${outcomeNames[outcome].mark} ${id} ${visible(title)}\n`)
      if (Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total))
        write(`${done}/${total} checks, ${this.#failed} failed\n`)
      return
    }
    const state = `${bar(done, total)} ${done}/${total}, ${this.#failed} failed  ${id} ${visible(title)}`
    write(`\r\x1b[K${done < total ? state.slice(0, columns - 1) : ''}`)
  }

  /** A sentence of its own, which stays. */
  note(text: string): void {
    this.#options.write(`${this.#options.columns === undefined ? '' : '\r\x1b[K'}${visible(text)}\n`)
  }
}

function bar(done: number, total: number): string {
  const width = 20
  const filled = Math.floor((done / total) * width)
  return '━'.repeat(filled) + '╌'.repeat(width - filled)
}

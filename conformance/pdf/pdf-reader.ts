import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { inspectPdf } from './inspect.ts'
import type { Picture } from './judge/drawing/draw-pages.ts'
import type { Expectation, Judgement } from './judge/judge.ts'
import type { DocumentText, readPageText } from './judge/page-text.ts'
import { SandboxedJudge } from './judge/sandboxed-judge.ts'
import { mostResults } from './limits.ts'
import { Sandbox, type Task } from './sandbox/sandbox.ts'
import type { Structure } from './structure/structure.ts'

const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
const task = (module: string, name: string): Task => ({
  module: new URL(module + extension, import.meta.url).href,
  name,
})
const structureTask = task('./inspect', 'inspectPdf' satisfies typeof inspectPdf.name)
const textTask = task('./judge/page-text', 'readPageText' satisfies typeof readPageText.name)

/** Reads the PDFs of a run or several, each once, in processes that end when a file takes too long or too much. */
export class PdfReader implements Disposable {
  readonly #sandbox = new Sandbox()
  readonly #judge = new SandboxedJudge(this.#sandbox)
  readonly #known = new Map<string, Promise<unknown>>()

  /** What the bytes say of the file's structure. A file that cannot be read within the limits breaks an assertion. */
  structure(bytes: Buffer): Promise<Structure> {
    return this.#once(['structure', bytes], () => this.#run(structureTask, bytes))
  }

  /** The text of each page. A file that cannot be read breaks an assertion. */
  text(bytes: Buffer): Promise<DocumentText> {
    return this.#once(['text', bytes], () => this.#run(textTask, bytes))
  }

  /** The lines of each page. */
  async lines(bytes: Buffer): Promise<string[][]> {
    return (await this.text(bytes)).pages.map(({ lines }) => lines)
  }

  /** What the document says of these organizations. */
  judge(bytes: Buffer, expectation: Expectation): Promise<Judgement> {
    return this.#once(['judge', bytes, JSON.stringify(expectation)], () =>
      this.#judge.judge(bytes, expectation),
    )
  }

  /** The pages with their marks; none where they cannot be drawn within the limits. */
  draw(bytes: Buffer, judgement: Judgement): Promise<Picture[]> {
    return this.#judge.draw(bytes, judgement)
  }

  [Symbol.dispose](): void {
    this.#sandbox.close()
  }

  async #run<T>(task: Task, bytes: Buffer): Promise<T> {
    const ending = await this.#sandbox.run<T>(task, bytes)
    if (ending.kind === 'done') return ending.value
    assert.fail(`the file cannot be read: ${ending.kind === 'crashed' ? ending.reason : ending.kind}`)
  }

  #once<T>(key: (string | Buffer)[], work: () => Promise<T>): Promise<T> {
    const hash = createHash('sha256')
    for (const part of key) hash.update(part)
    const name = hash.digest('hex')
    const result = (this.#known.get(name) as Promise<T> | undefined) ?? work()
    // Inserted anew, so that the first key is the one unused for longest.
    this.#known.delete(name)
    this.#known.set(name, result)
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= mostResults) break
      this.#known.delete(oldest)
    }
    return result
  }
}

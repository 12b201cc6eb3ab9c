import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { Sandbox } from './pdf/sandbox.ts'
import type { readStructure, Structure } from './pdf/structure.ts'

const structure = {
  module: new URL(`./pdf/structure${import.meta.url.slice(-3)}`, import.meta.url).href,
  name: 'readStructure' satisfies typeof readStructure.name,
}

/** Reads the PDFs of a run, each once, in processes that end when a file takes too long or too much. */
export class Documents implements Disposable {
  readonly #sandbox = new Sandbox()
  readonly #structures = new Map<string, Promise<Structure>>()

  /** What the bytes say of the file's structure. A file that cannot be read within the limits breaks an assertion. */
  structure(bytes: Buffer): Promise<Structure> {
    return remember(this.#structures, hash(bytes), async () => {
      const ending = await this.#sandbox.run<Structure>(structure, bytes)
      if (ending.kind === 'done') return ending.value
      assert.fail(`the file cannot be read: ${ending.kind === 'crashed' ? ending.reason : ending.kind}`)
    })
  }

  [Symbol.dispose](): void {
    this.#sandbox.close()
  }
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

function remember<T>(known: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const found = known.get(key) ?? work()
  known.set(key, found)
  return found
}

import { closeSync, openSync, writeSync } from 'node:fs'
import { type HarEntry, har } from './har.ts'

/** An HTTP Archive that is complete after each entry, however the process ends. */
export class HarFile implements Disposable {
  #descriptor: number
  #tail: string
  #size: number
  #isEmpty = true

  constructor(path: string, creator: { name: string; version: string }) {
    const [head = '', tail = ''] = JSON.stringify(har(creator, [])).split(/(?<=\[)(?=\])/)
    this.#descriptor = openSync(path, 'w')
    this.#tail = `${tail}\n`
    this.#size = 0
    this.#append(head)
  }

  add(entry: HarEntry): void {
    this.#append(`${this.#isEmpty ? '' : ','}\n${JSON.stringify(entry)}`)
    this.#isEmpty = false
  }

  /** Writes over the end of the document, and the end after it. */
  #append(text: string): void {
    const bytes = Buffer.from(text)
    writeAt(this.#descriptor, Buffer.concat([bytes, Buffer.from(this.#tail)]), this.#size)
    this.#size += bytes.length
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
  }
}

function writeAt(descriptor: number, bytes: Buffer, position: number): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(descriptor, bytes, done, bytes.length - done, position + done)
}

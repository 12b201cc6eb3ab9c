import { createHash, randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../setup-error.ts'

/** How many bytes of responses one run keeps. */
export interface StoreLimits {
  inMemory: number
  onDisk: number
}

const defaults: StoreLimits = { inMemory: 64 * 2 ** 20, onDisk: 8 * 2 ** 30 }

/** Smaller contents stay in memory, and are not worth comparing. */
const smallestShared = 8 * 1024

/** Of larger contents, a few that are looked into at once fill the memory. */
const largestCommon = 8 * 2 ** 20

/** Bytes of contents that were read again and are kept for the next look. */
const mostRecent = 64 * 2 ** 20

/**
 * Keeps the bytes of a run's responses, and their headers where they are many: equal contents once, the first ones in
 * memory and the others in a file without a name, so that nothing is left of it however the process ends. It is read when
 * a content is needed.
 */
export class BodyStore implements Disposable {
  #left: StoreLimits
  #file: TemporaryFile | undefined
  #contents = new Map<string, () => Buffer>()
  #recent = new RecentValues(mostRecent)
  #hasLarge = false

  constructor(limits: Partial<StoreLimits> = {}) {
    this.#left = { ...defaults, ...limits }
  }

  /** A copy of a message (plain data and buffers) that is kept here. Throws SetupError where there is no room left. */
  keep<T extends object>(message: T): T {
    const copy = { ...message }
    for (const [key, value] of Object.entries(message)) {
      const get = this.#keepValue(value)
      if (get) Object.defineProperty(copy, key, { get, enumerable: true })
    }
    return copy
  }

  /** What reads a value again; undefined of a small one. Ten thousand headers take ten times their bytes in memory. */
  #keepValue(value: unknown): (() => unknown) | undefined {
    if (Buffer.isBuffer(value)) return this.#keepContent(value)
    if (typeof value !== 'string' && typeof value !== 'object') return undefined
    const json = JSON.stringify(value)
    const { length } = json
    if (length < smallestShared) return undefined
    const read = this.#keepContent(Buffer.from(json))
    const parse = () => JSON.parse(read().toString('utf8'))
    // These functions are kept: nothing of the value may be in their scope but its length.
    return typeof value === 'string' ? parse : () => this.#recent.get(parse, length)
  }

  /** Whether contents of the run are so large that few of them should be looked into at once. */
  get hasLarge(): boolean {
    return this.#hasLarge
  }

  #keepContent(content: Buffer): () => Buffer {
    this.#hasLarge ||= content.length > largestCommon
    if (content.length < smallestShared) return inMemory(content)
    const digest = createHash('sha256').update(content).digest('hex')
    const kept = this.#contents.get(digest) ?? this.#keepLarge(content)
    this.#contents.set(digest, kept)
    return kept
  }

  #keepLarge(content: Buffer): () => Buffer {
    if (content.length <= this.#left.inMemory) {
      this.#left.inMemory -= content.length
      return inMemory(content)
    }
    if (content.length > this.#left.onDisk)
      throw new SetupError('the responses of this run need more room than there is: lower --max-bytes')
    this.#left.onDisk -= content.length
    this.#file ??= new TemporaryFile()
    const read = this.#file.append(content)
    const { length } = content
    return () => this.#recent.get(read, length)
  }

  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]()
  }
}

/** Bytes that arrived in pieces lie in a larger buffer, which is not kept. */
function inMemory(content: Buffer): () => Buffer {
  const hasSpare = content.buffer.byteLength > 1.25 * content.length + 4096
  const kept = hasSpare ? Buffer.from(content) : content
  return () => kept
}

/**
 * Keeps the values that were read last. A `WeakRef` would keep everything that one synchronous task reads (ECMA-262 §9.10.3,
 * KeepDuringJob): all bodies of a check, while its evidence is written.
 */
class RecentValues {
  #values = new Map<() => object, { value: object; bytes: number }>()
  #left: number

  constructor(mostBytes: number) {
    this.#left = mostBytes
  }

  get<T extends object>(read: () => T, bytes: number): T {
    const known = this.#values.get(read)
    if (known) return known.value as T
    const value = read()
    this.#values.set(read, { value, bytes })
    this.#left -= bytes
    for (const [oldest, { bytes: freed }] of this.#values) {
      if (this.#left >= 0 || oldest === read) break
      this.#values.delete(oldest)
      this.#left += freed
    }
    return value
  }
}

class TemporaryFile implements Disposable {
  #path = join(tmpdir(), `altostrat-contract-${randomUUID()}`)
  #descriptor = openSync(this.#path, 'wx+', 0o600)
  #size = 0

  constructor() {
    this.#unlink()
  }

  /** Writes at the end. Returns what reads it again. */
  append(content: Buffer): () => Buffer {
    const at = this.#size
    for (let done = 0; done < content.length; )
      done += writeSync(this.#descriptor, content, done, content.length - done, at + done)
    this.#size += content.length
    const { length } = content
    return () => {
      const copy = Buffer.allocUnsafeSlow(length)
      for (let done = 0; done < copy.length; )
        done += readSync(this.#descriptor, copy, done, copy.length - done, at + done)
      return copy
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor)
    this.#unlink()
  }

  /** Windows removes no open file: there it is removed in the end. */
  #unlink(): void {
    try {
      rmSync(this.#path, { force: true })
    } catch {}
  }
}

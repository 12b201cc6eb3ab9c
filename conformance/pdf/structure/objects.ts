import { longestReferenceChain } from '../limits.ts'
import type { Budget } from './budget.ts'
import type { Entry } from './cross-reference.ts'
import { withoutStrings } from './encryption.ts'
import { type Decoded, decode } from './filters.ts'
import { skipBlank } from './lexer.ts'
import { parseIndirect, parseValue } from './parser.ts'
import { type Dictionary, dictionaryOf, isCount, isName, Reference, Stream, type Value } from './values.ts'

/** Where a stream's data lies, and what its /Length says of it. */
export interface Extent {
  start: number
  /** Undefined where no `endstream` follows. */
  end: number | undefined
  declared: number | undefined
  isRight: boolean
}

interface ObjectStream {
  text: string
  /** Number of each object, and its offset after `first`, in turn: a million objects take 16 MB. */
  places: Float64Array
  first: number
}

const endOfData = /(?:\r\n|\n|\r)?endstream/y

/** The file's objects by number, as its cross-reference says where they are. */
export class PdfObjects {
  readonly text: string
  readonly bytes: Buffer
  readonly entries: Map<number, Entry>
  readonly budget: Budget
  /** Strings count as absent then, and streams but cross-references stay undecoded. */
  isEncrypted = false
  readonly #resolved = new Map<number, Value | undefined>()
  readonly #objectStreams = new Map<number, ObjectStream | undefined>()

  constructor(text: string, bytes: Buffer, entries: Map<number, Entry>, budget: Budget) {
    this.text = text
    this.bytes = bytes
    this.entries = entries
    this.budget = budget
  }

  /** Whether some objects cannot be read because the object stream that holds them is encrypted. */
  get hasClosedObjects(): boolean {
    if (this.isEncrypted) for (const { kind } of this.entries.values()) if (kind === 'compressed') return true
    return false
  }

  /** Reads an object afresh; undefined where nothing readable stands. */
  read(number: number): Value | undefined {
    const entry = this.entries.get(number)
    if (!entry || entry.kind === 'free') return undefined
    if (entry.kind === 'compressed') return this.#readCompressed(number, entry.container, entry.index)
    if (!this.budget.readSyntax(0)) return undefined
    const object = parseIndirect(this.text, entry.offset, this.budget)
    if (object?.number !== number) return undefined
    return this.isEncrypted && object.value !== undefined ? withoutStrings(object.value) : object.value
  }

  /** Follows a reference to what it stands for; what is no reference stays itself. */
  resolve = (value: Value | undefined): Value | undefined => {
    let current = value
    for (let hops = 0; current instanceof Reference; hops++) {
      if (hops === longestReferenceChain) return undefined
      const { number } = current
      if (!this.#resolved.has(number)) this.#resolved.set(number, this.read(number))
      current = this.#resolved.get(number)
    }
    return current
  }

  get(dictionary: Dictionary | undefined, key: string): Value | undefined {
    return this.resolve(dictionary?.get(key))
  }

  dictionary(dictionary: Dictionary | undefined, key: string): Dictionary | undefined {
    return dictionaryOf(this.get(dictionary, key))
  }

  extent({ dictionary, start }: Stream): Extent {
    const length = this.get(dictionary, 'Length')
    const declared = isCount(length) ? length : undefined
    if (declared !== undefined) {
      endOfData.lastIndex = start + declared
      if (endOfData.test(this.text)) return { start, end: start + declared, declared, isRight: true }
    }
    const found = this.text.indexOf('endstream', start)
    this.budget.readSyntax((found < 0 ? this.text.length : found) - start)
    return { start, end: found < 0 ? undefined : this.#beforeLineEnd(found, start), declared, isRight: false }
  }

  #beforeLineEnd(at: number, start: number): number {
    const length = this.text.startsWith('\r\n', at - 2) ? 2 : /[\r\n]/.test(this.text[at - 1] ?? '') ? 1 : 0
    return Math.max(start, at - length)
  }

  /** A stream's data with its filters undone. */
  decode(stream: Stream, extent = this.extent(stream)): Decoded {
    if (extent.end === undefined) return { damage: 'it has no end' }
    if (this.isEncrypted && !isName(stream.dictionary.get('Type'), 'XRef')) return {}
    const raw = this.bytes.subarray(extent.start, extent.end)
    return decode(raw, stream.dictionary, this.resolve, this.budget)
  }

  /** The objects of an object stream (ISO 32000-2 §7.5.7): number, and offset in its decoded text. */
  objectStream(container: number): ObjectStream | undefined {
    if (!this.#objectStreams.has(container)) {
      // Stands first: a stream that needs its own content to be read must not start over.
      this.#objectStreams.set(container, undefined)
      this.#objectStreams.set(container, this.#readObjectStream(container))
    }
    return this.#objectStreams.get(container)
  }

  #readObjectStream(container: number): ObjectStream | undefined {
    if (this.entries.get(container)?.kind !== 'offset') return undefined
    const stream = this.read(container)
    if (!(stream instanceof Stream) || !isName(this.get(stream.dictionary, 'Type'), 'ObjStm'))
      return undefined
    const { data } = this.decode(stream)
    const first = this.get(stream.dictionary, 'First')
    const count = this.get(stream.dictionary, 'N')
    if (!data || !isCount(first) || !isCount(count)) return undefined
    const text = data.toString('latin1')
    return { text, first, places: numbersIn(text.slice(0, first), 2 * count) }
  }

  #readCompressed(number: number, container: number, index: number): Value | undefined {
    const stream = this.objectStream(container)
    const offset = stream?.places[2 * index + 1]
    if (!stream || offset === undefined || stream.places[2 * index] !== number || !this.budget.readSyntax(0))
      return undefined
    return parseValue(stream.text, skipBlank(stream.text, stream.first + offset), this.budget).value
  }
}

/** So many whole numbers of a text at the most. */
function numbersIn(text: string, most: number): Float64Array {
  const numbers = new Float64Array(Math.min(most, Math.ceil(text.length / 2)))
  let found = 0
  for (const [digits] of text.matchAll(/\d+/g)) {
    if (found === numbers.length) break
    numbers[found++] = Number(digits)
  }
  return numbers.subarray(0, found)
}

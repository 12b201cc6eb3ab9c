import { deflateSync } from 'node:zlib'
import { differencesOf } from './differences.ts'
import type { PdfKitDocument, Reference } from './pdfmake.ts'

const streamSize = 1000
/** Fewer objects than these are not worth a stream of their own. */
const fewest = 50
// Type, offset or stream, index: 1, 4 and 2 bytes.
const entrySize = 7

interface PackedObject {
  id: number
  body: string
}

/**
 * Object streams and the cross-reference stream they need (ISO 32000-1 §7.5.7, §7.5.8): whatever is no stream itself goes
 * there. A tagged table has an object for each cell, which differs in few digits from the one before; stored as these
 * differences and compressed they take a twentieth of the space.
 */
export class PackedObjects {
  private readonly document: PdfKitDocument
  private readonly places = new Map<number, { stream: number; index: number }>()
  /** By the width of rows; 0: without rows. */
  private readonly pending = new Map<number, PackedObject[]>()

  constructor(document: PdfKitDocument) {
    this.document = document
  }

  /** A new object number for a packed object. */
  reserve(): number {
    return this.document._offsets.push(null)
  }

  /**
   * `row`: how many characters of the body make a row, where each row resembles the one before; the objects with the same
   * width share a stream.
   */
  add(id: number, body: string, row = 0): void {
    const group = this.pending.get(row) ?? []
    this.pending.set(row, group)
    group.push({ id, body })
    if (group.length === streamSize) this.writeStream(row, group.splice(0))
  }

  /** Takes the place of pdfkit's own end of an object, which would write it on its own and compress streams less. */
  end(reference: Reference): void {
    const { document } = this
    if (reference.buffer.length > 0) {
      if (reference.compress) {
        reference.buffer = [compressed(Buffer.concat(reference.buffer))]
        reference.compress = false
      }
      reference.finalize()
      return
    }
    this.add(reference.id, serialized(reference))
    document._refEnd(reference)
  }

  /** Writes what is pending and ends the file: the cross-reference stream is its trailer as well. */
  finish(): void {
    for (const [row, group] of this.pending) {
      if (row === 0 || group.length === 0) continue
      if (group.length < fewest) for (const { id, body } of group.splice(0)) this.add(id, body)
      else this.writeStream(row, group.splice(0))
    }
    const rest = this.pending.get(0) ?? []
    if (rest.length > 0) this.writeStream(0, rest.splice(0))
    this.writeCrossReferences()
  }

  private writeStream(row: number, group: PackedObject[]): void {
    const stream = this.document._offsets.push(this.document._offset)
    const bodies = group.map(({ body }) => (row > 0 ? toRows(body, row) : `${body}\n`))
    let offset = 0
    const index = group.map(({ id }, at) => {
      this.places.set(id, { stream, index: at })
      const entry = row > 0 ? toRows(padded(id, 6) + padded(offset, 9), row) : `${id} ${offset} `
      offset += bodies[at]!.length
      return entry
    })
    const head = index.join('')
    const data = Buffer.from(head + bodies.join(''), 'latin1')
    const entries = `/Type /ObjStm /N ${group.length} /First ${head.length}`
    if (row > 0) this.writeDifferences(stream, entries, data, row)
    else this.writeCompressed(stream, entries, compressed(data))
  }

  private writeCrossReferences(): void {
    const { document } = this
    const start = document._offset
    const own = document._offsets.push(start)
    const entries = Buffer.alloc((own + 1) * entrySize)
    entries.writeUInt16BE(65535, 5)
    document._offsets.forEach((offset, at) => {
      const place = this.places.get(at + 1)
      const entry = (at + 1) * entrySize
      entries.writeUInt8(place ? 2 : 1, entry)
      entries.writeUInt32BE(place ? place.stream : (offset ?? 0), entry + 1)
      entries.writeUInt16BE(place ? place.index : 0, entry + 5)
    })
    const id = `<${document._id.toString('hex')}>`
    const trailer = `/Type /XRef /Size ${own + 1} /W [1 4 2] /Root ${document._root.id} 0 R /Info ${document._info.id} 0 R /ID [${id} ${id}]`
    this.writeDifferences(own, trailer, entries, entrySize)
    document._write(`startxref\n${start}\n%%EOF`)
  }

  private writeDifferences(id: number, entries: string, data: Buffer, row: number): void {
    const parameters = `/DecodeParms << /Predictor 12 /Columns ${row} >>`
    this.writeCompressed(id, `${entries} ${parameters}`, compressed(differencesOf(data, row)))
  }

  private writeCompressed(id: number, entries: string, data: Buffer): void {
    const { document } = this
    document._write(`${id} 0 obj\n<< ${entries} /Filter /FlateDecode /Length ${data.length} >>\nstream`)
    document._write(data)
    document._write('\nendstream\nendobj')
  }
}

const compressed = (data: Buffer) => deflateSync(data, { level: 9 })

/** A number after as many blanks as make it that wide, one at least. */
export const padded = (value: number, width: number) => ` ${value}`.padStart(width)

/** Filled up with blanks. */
const toRows = (body: string, row: number) => body.padEnd(Math.ceil(body.length / row) * row)

/** What pdfkit writes of an object that is no stream. */
function serialized(reference: Reference): string {
  const written: string[] = []
  const document = { _offset: 0, _write: (text: string) => written.push(text), _refEnd: () => {} }
  reference.finalize.call({ ...reference, document } as never)
  return written[1]!
}

import { deflateSync } from 'node:zlib'
import type { PdfKitDocument } from './pdfmake.ts'

const streamSize = 400
// Type, offset or stream, index: 1, 4 and 2 bytes.
const entrySize = 7

/**
 * Object streams and the cross-reference stream they need (ISO 32000-1 §7.5.7, §7.5.8). A tagged table has
 * an object for each cell; packed and compressed they take a tenth of the space.
 */
export class PackedObjects {
  private readonly document: PdfKitDocument
  private readonly places = new Map<number, { stream: number; index: number }>()
  private pending: { id: number; body: string }[] = []

  constructor(document: PdfKitDocument) {
    this.document = document
  }

  /** A new object number for a packed object. */
  reserve(): number {
    return this.document._offsets.push(null)
  }

  add(id: number, body: string): void {
    this.pending.push({ id, body })
    if (this.pending.length === streamSize) this.flush()
  }

  flush(): void {
    if (this.pending.length === 0) return
    const stream = this.document.ref({ Type: 'ObjStm', N: this.pending.length })
    let offset = 0
    const index = this.pending.map(({ id, body }, at) => {
      this.places.set(id, { stream: stream.id, index: at })
      const entry = `${id} ${offset}`
      offset += body.length + 1
      return entry
    })
    const head = `${index.join(' ')}\n`
    stream.data.First = head.length
    stream.end(Buffer.from(`${head}${this.pending.map(({ body }) => body).join('\n')}`, 'latin1'))
    this.pending = []
  }

  /** Ends the file: the cross-reference stream is its trailer as well. */
  writeCrossReferences(): void {
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
    const data = deflateSync(differencesOf(entries))
    const id = `<${document._id.toString('hex')}>`
    document._write(
      `${own} 0 obj\n<< /Type /XRef /Size ${own + 1} /W [1 4 2] /DecodeParms << /Predictor 12 /Columns ${entrySize} >> /Root ${document._root.id} 0 R /Info ${document._info.id} 0 R ` +
        `/ID [${id} ${id}] /Filter /FlateDecode /Length ${data.length} >>\nstream`,
    )
    document._write(data)
    document._write(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF`)
  }
}

/** Each entry as what differs from the one before (ISO 32000-1 §7.4.4.4, PNG "up"): a tenth when compressed. */
function differencesOf(entries: Buffer): Buffer {
  const rows = entries.length / entrySize
  const coded = Buffer.alloc(rows * (entrySize + 1))
  for (let row = 0; row < rows; row++) {
    coded[row * (entrySize + 1)] = 2
    for (let at = 0; at < entrySize; at++) {
      const place = row * entrySize + at
      coded[row * (entrySize + 1) + 1 + at] = entries[place]! - (row === 0 ? 0 : entries[place - entrySize]!)
    }
  }
  return coded
}

import { deflateSync } from 'node:zlib'

/** An object's body as PDF syntax, one character a byte; numbers are given by position, from 1. */
export type Body = string

/** A stream object's body; `deflate` compresses the data and says so. */
export function stream(entries: string, data: string | Buffer, deflate = true): Body {
  const raw = typeof data === 'string' ? Buffer.from(data, 'latin1') : data
  const stored = deflate ? deflateSync(raw) : raw
  const filter = deflate ? ' /Filter /FlateDecode' : ''
  return `<< ${entries}${filter} /Length ${stored.length} >>\nstream\n${stored.toString('latin1')}\nendstream`
}

/** A file under construction: bytes so far, and where its objects start. */
export class PdfFile {
  readonly offsets = new Map<number, number>()
  readonly compressed = new Map<number, { container: number; index: number }>()
  text: string

  constructor(version = '1.7') {
    this.text = `%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`
  }

  object(number: number, body: Body): this {
    this.compressed.delete(number)
    this.offsets.set(number, this.text.length)
    this.text += `${number} 0 obj\n${body}\nendobj\n`
    return this
  }

  objects(bodies: Body[], first = 1): this {
    for (const [i, body] of bodies.entries()) this.object(first + i, body)
    return this
  }

  /** Puts objects that are no streams into one object stream. */
  objectStream(container: number, bodies: Map<number, Body>): this {
    let index = 0
    let heads = ''
    let content = ''
    for (const [number, body] of bodies) {
      this.compressed.set(number, { container, index: index++ })
      heads += `${number} ${content.length} `
      content += `${body}\n`
    }
    const entries = `/Type /ObjStm /N ${bodies.size} /First ${heads.length}`
    return this.object(container, stream(entries, heads + content))
  }

  /** A cross-reference table with its trailer; `numbers` are those it lists, all by default. */
  table(trailer: string, numbers = [...this.offsets.keys()], shift = 0): this {
    const start = this.text.length
    this.text += 'xref\n0 1\n0000000000 65535 f \n'
    for (const number of numbers) {
      const offset = String((this.offsets.get(number) ?? 0) + shift).padStart(10, '0')
      this.text += `${number} 1\n${offset} 00000 n \n`
    }
    return this.trailer(trailer, start)
  }

  trailer(trailer: string, start: number): this {
    this.text += `trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
    return this
  }

  /** A cross-reference stream under the given number, and `startxref` unless it is a hybrid's. */
  crossReferenceStream(number: number, trailer: string, size: number, isHybrid = false): this {
    const start = this.text.length
    this.offsets.set(number, start)
    const rows = Buffer.alloc(size * 9)
    for (let n = 0; n < size; n++) {
      const inside = this.compressed.get(n)
      const offset = this.offsets.get(n)
      rows.writeUInt8(inside ? 2 : offset === undefined ? 0 : 1, n * 9)
      rows.writeUInt32BE(inside?.container ?? offset ?? 0, n * 9 + 1)
      rows.writeUInt32BE(inside?.index ?? 0, n * 9 + 5)
    }
    this.object(number, stream(`/Type /XRef /W [1 4 4] /Size ${size} ${trailer}`, rows))
    if (!isHybrid) this.text += `startxref\n${start}\n%%EOF\n`
    return this
  }

  get bytes(): Buffer {
    return Buffer.from(this.text, 'latin1')
  }
}

import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { PdfFile, stream } from '../../../conformance/catalogue/mutations/pdf-writer.ts'
import { bodiesOf, compositeFont, onePage } from './one-page.ts'

const MiB = 2 ** 20

/** zlib data that inflates to `size` bytes of the given filling, made without ever holding them. */
function deflated(size: number, filling = ' '): Buffer {
  const block = Buffer.alloc(Math.min(size, MiB), filling)
  const flushed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH })
  const count = Math.ceil(size / block.length)
  const blocks = Array<Buffer>(count).fill(flushed)
  const end = [deflateRawSync(Buffer.alloc(0)), adler32(block, count)]
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...blocks, ...end])
}

/** The zlib checksum (RFC 1950) of a block repeated `count` times. */
function adler32(block: Buffer, count: number): Buffer {
  const prime = 65_521
  const sum = block.reduce((total, byte) => total + byte, 0) % prime
  const weighted = block.reduce((total, byte, i) => (total + (block.length - i) * byte) % prime, 0)
  let [low, high] = [1, 0]
  for (let i = 0; i < count; i++) {
    high = (high + block.length * low + weighted) % prime
    low = (low + sum) % prime
  }
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(high * 65_536 + low)
  return checksum
}

/** A stream deflated twice: 10 GB become some kilobytes. */
function bomb(entries: string, size: number, filling?: string): string {
  const data = deflateSync(deflated(size, filling))
  return stream(`${entries} /Filter [/FlateDecode /FlateDecode]`, data, false)
}

const GB = 1024 * MiB
const image = (entries: string, data: Buffer) =>
  stream(`/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 ${entries}`, data, false)
const drawn = stream('', 'q 100 0 0 100 0 0 cm /X Do Q BT /F1 12 Tf (Hello) Tj ET')

/** Small files that decode to much more than a reader can hold. */
export const decompressionBombs: Record<string, () => Buffer> = {
  'content of 10 GB of blanks': () => onePage({ content: bomb('', 10 * GB) }),
  'content of 1 GB of operators': () => onePage({ content: bomb('', GB, 'q\n') }),
  'content of 1 GB of text': () => onePage({ content: bomb('', GB, 'BT /F1 1 Tf (Hello) Tj ET\n') }),
  'content deflated twenty times': () => {
    let data = deflateSync(Buffer.alloc(100 * MiB))
    for (let i = 1; i < 20; i++) data = deflateSync(data)
    const filters = Array(20).fill('/FlateDecode').join(' ')
    return onePage({ content: stream(`/Filter [${filters}]`, data, false) })
  },
  'two hundred streams of 30 MB each': () => {
    const content = bomb('', 30 * MiB)
    return onePage({ page: `/Annots [${names(200)}]`, extra: Array(200).fill(content) })
  },
  'an object stream of 1 GB': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    file.object(6, bomb('/Type /ObjStm /N 1 /First 4', GB, ' '))
    file.compressed.set(7, { container: 6, index: 0 })
    return file.crossReferenceStream(8, '/Root 1 0 R /Info 7 0 R', 9).bytes
  },
  'a cross-reference stream of 1 GB': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    const start = file.text.length
    file.object(6, bomb('/Type /XRef /W [1 2 1] /Size 268435456 /Root 1 0 R', GB, '\x01\0\x0f\0'))
    return Buffer.concat([file.bytes, Buffer.from(`startxref\n${start}\n%%EOF\n`)])
  },
  'a mapping to characters of 1 GB': () => onePage(compositeFont(bomb('', GB, '<41> <42>\n'))),
  'a font file of 1 GB': () => onePage(compositeFont(stream('', ''), bomb('/Length1 1073741824', GB))),
  'metadata of 1 GB': () => onePage({ catalog: '/Metadata 6 0 R', extra: [bomb('/Type /Metadata', GB)] }),
  'an attachment of 10 GB': () => {
    const specification = '<< /Type /Filespec /F (a) /EF << /F 7 0 R >> >>'
    return onePage({ catalog: '/AF [6 0 R]', extra: [specification, bomb('/Type /EmbeddedFile', 10 * GB)] })
  },
  'a picture of 100,000 by 100,000': () =>
    onePage({ content: drawn, extra: [image('/Width 100000 /Height 100000', Buffer.alloc(10))] }),
  'a picture that unfolds to 3 GB': () =>
    onePage({
      content: drawn,
      extra: [image('/Width 32768 /Height 32768 /Filter /FlateDecode', deflated(3 * GB))],
    }),
  'runs of ASCII base-85 zeros': () =>
    onePage({ content: stream('/Filter /ASCII85Decode', `${'z'.repeat(5 * MiB)}~>`, false) }),
  'run lengths of 100 MB': () => {
    const runs = Buffer.alloc(2 * 800_000, Buffer.from([129, 32]))
    return onePage({ content: stream('/Filter [/FlateDecode /RunLengthDecode]', deflateSync(runs), false) })
  },
  'LZW data without an end': () =>
    onePage({ content: stream('/Filter /LZWDecode', Buffer.alloc(MiB, 0x55), false) }),
  'a predictor with rows of 2 GB': () =>
    onePage({
      content: stream('/DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 32 >>', Buffer.alloc(1000)),
    }),
}

function names(count: number): string {
  return Array.from({ length: count }, (_, i) => `${i + 6} 0 R`).join(' ')
}

import { type Body, PdfFile, stream } from '../../../conformance/catalogue/mutations/pdf-writer.ts'
import { bodiesOf, compositeFont, onePage } from './one-page.ts'

const M = 1_000_000
const xref = (trailer: string) => new PdfFile().objects(bodiesOf({})).table(trailer)
const added = (body: Body) => onePage({ extra: [body] })
const headed = (text: string) => Buffer.from(`%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${text}`, 'latin1')

/** A file whose last cross-reference section is written by hand. */
function sectioned(section: (start: number) => string): Buffer {
  const file = new PdfFile().objects(bodiesOf({}))
  const start = file.text.length
  file.text += `${section(start)}\nstartxref\n${start}\n%%EOF\n`
  return file.bytes
}

const crossReference = (entries: string) =>
  sectioned(() => `9 0 obj\n${stream(`/Type /XRef /Root 1 0 R ${entries}`, Buffer.alloc(1000, 1))}\nendobj`)

/** Files that break the syntax, or with numbers far beyond any file. */
export const malformedValues: Record<string, () => Buffer> = {
  'a million nested arrays': () => added('['.repeat(M)),
  'a million nested arrays, all closed': () => added('['.repeat(M) + ']'.repeat(M)),
  'half a million nested dictionaries': () => added(`${'<< /A '.repeat(M / 2)}0${' >>'.repeat(M / 2)}`),
  'a million nested parentheses': () => added('('.repeat(M) + ')'.repeat(M)),
  'ten thousand nested arrays in content': () =>
    onePage({ content: stream('', `${'['.repeat(10_000)}${']'.repeat(10_000)} TJ`) }),
  'a number of five million digits': () => added('9'.repeat(5 * M)),
  'a word of five million digits and a letter': () => added(`${'1'.repeat(5 * M)}x`),
  'a name of five million characters': () => added(`/${'#41'.repeat(5 * M)}`),
  'a string that never ends': () => added(`(${'\\('.repeat(2 * M)}`),
  'a hexadecimal string that never ends': () => added(`<${'4'.repeat(5 * M)}`),
  'two million comments': () => headed(`${'%\n'.repeat(2 * M)}1 0 obj`),
  'ten megabytes of blanks': () => headed(`1 0 obj${' '.repeat(10 * M)}`),
  'numbers and blanks, again and again': () => headed(`1${' '.repeat(1000)}`.repeat(10_000)),
  '200,000 objects that never end': () => headed('1 0 obj [ '.repeat(M / 5)),
  '200,000 streams that never end': () => headed('1 0 obj << >> stream\n'.repeat(M / 5)),
  'a million trailers': () => headed('trailer << /Root 1 0 R '.repeat(M / 2)),
  'a million startxref': () => headed('startxref 20 %%EOF '.repeat(M / 2)),
  'a negative length': () => onePage({ content: '<< /Length -5 >>\nstream\nBT ET\nendstream' }),
  'a length of 2^63': () =>
    onePage({ content: '<< /Length 9223372036854775808 >>\nstream\nBT ET\nendstream' }),
  'a size of 2^40': () => xref('/Size 1099511627776 /Root 1 0 R').bytes,
  'a table that claims 10^10 entries': () =>
    sectioned(() => 'xref\n0 9999999999\n0000000000 65535 f \ntrailer\n<< /Size 9 /Root 1 0 R >>'),
  'a table of object numbers near 2^53': () =>
    sectioned(() => 'xref\n9007199254 1\n0000000015 00000 n \ntrailer\n<< /Size 9 /Root 1 0 R >>'),
  'entries that all point at one object': () => {
    const file = new PdfFile().objects([...bodiesOf({}), `[${'0 '.repeat(M)}]`])
    const start = file.text.length
    const entry = `${String(file.offsets.get(6)).padStart(10, '0')} 00000 n \n`
    file.text += `xref\n0 100001\n0000000000 65535 f \n${entry.repeat(100_000)}`
    return file.trailer('/Size 100001 /Root 1 0 R', start).bytes
  },
  'a hundred thousand streams that overlap': () => {
    const file = new PdfFile()
    const offsets = Array.from({ length: 100_000 }, (_, i) => {
      const offset = file.text.length + i * 40
      return `${String(offset).padStart(10, '0')} 00000 n \n`
    })
    const objects = offsets.map((_, i) => `${i + 1} 0 obj<</Length 0>>stream\n`.padEnd(40))
    file.text += `${objects.join('')}endstream endobj\n`
    const start = file.text.length
    file.text += `xref\n0 100001\n0000000000 65535 f \n${offsets.join('')}`
    return file.trailer('/Size 100001 /Root 1 0 R', start).bytes
  },
  'columns of no width': () => crossReference('/Size 1000000000 /W [0 0 0]'),
  'columns of a million bytes': () => crossReference('/Size 9 /W [1000000 1000000 1000000]'),
  'columns of negative width': () => crossReference('/Size 9 /W [-1 4 -2]'),
  'an index of 2^50 objects': () =>
    crossReference('/Size 9 /W [1 2 1] /Index [0 1125899906842624 5 1125899906842624]'),
  'an object stream that claims 2^50 objects': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    file.object(6, stream('/Type /ObjStm /N 1125899906842624 /First 1125899906842624', '7 0 null'))
    file.compressed.set(7, { container: 6, index: 1 })
    return file.crossReferenceStream(8, '/Root 1 0 R /Info 7 0 R', 9).bytes
  },
  'a page of 10^300 points': () =>
    onePage({ page: `/MediaBox [0 0 1${'0'.repeat(300)} 1${'0'.repeat(300)}] /UserUnit 1000000` }),
  'text placed at infinity': () =>
    onePage({ content: stream('', `BT /F1 1${'0'.repeat(400)} Tf 1${'0'.repeat(400)} 0 Td (Hello) Tj ET`) }),
  'an inline picture without an end': () =>
    onePage({ content: stream('', `BI /W 9 /H 9 /BPC 8 /CS /G ID ${'EIx '.repeat(M)}`) }),
  'a TrueType font of noise': () =>
    onePage(compositeFont(stream('', 'x'), stream('/Length1 9999', noise('\0\x01\0\0')))),
  'an OpenType font that claims 65,535 tables': () =>
    onePage(compositeFont(stream('', 'x'), stream('/Length1 9999', noise('OTTO\xff\xff')))),
  'a Type 1 font of noise': () =>
    onePage({
      font: '<< /Type /Font /Subtype /Type1 /BaseFont /N /FontDescriptor 6 0 R >>',
      extra: [
        '<< /Type /FontDescriptor /FontName /N /Flags 4 /FontFile 7 0 R >>',
        stream('/Length1 99999999 /Length2 -4', noise('%!PS-AdobeFont-1.0\ncurrentfile eexec\n')),
      ],
    }),
  'a compact font whose subroutines call themselves': () =>
    onePage({
      font: '<< /Type /Font /Subtype /Type1 /BaseFont /N /FontDescriptor 6 0 R >>',
      extra: [
        '<< /Type /FontDescriptor /FontName /N /Flags 4 /FontFile3 7 0 R >>',
        stream('/Subtype /Type1C', noise('\x01\0\x04\x04\0\x01\x01\x01\x02N\0\x01\x01\x01\x05\x8b\x12')),
      ],
    }),
  'pictures of noise in JPEG 2000 and JBIG2': () =>
    onePage({
      content: stream('', '/X Do'),
      extra: [
        stream(
          '/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter /JPXDecode',
          noise('\xff\x4f\xff\x51'),
          false,
        ),
        stream('/Type /XObject /Subtype /Image /Width 9 /Height 9 /Filter /JBIG2Decode', noise(''), false),
      ],
    }),
  'encryption of noise': () =>
    onePage({
      trailer: '/Encrypt 6 0 R /ID [<> <>]',
      extra: [
        `<< /Filter /Standard /V 5 /R 6 /Length 99999999 /P -1 /U (${'u'.repeat(48)}) /UE (${'e'.repeat(32)}) /O (o) >>`,
      ],
    }),
  'encryption by itself': () => onePage({ trailer: '/Encrypt 6 0 R /ID 6 0 R', extra: ['6 0 R'] }),
  'forty thousand filters': () =>
    onePage({ content: stream(`/Filter [${'/FlateDecode '.repeat(40_000)}]`, 'x', false) }),
  'a regular expression in metadata': () =>
    onePage({
      catalog: '/Metadata 6 0 R',
      extra: [
        stream('/Type /Metadata', `<pdfaid:part>${' '.repeat(M)}<${'\n xmp:CreateDate'.repeat(50_000)}`),
      ],
    }),
}

/** The same noise every time, after a beginning that looks right. */
function noise(start: string): Buffer {
  let state = 7
  const bytes = Array.from({ length: 20_000 }, () => {
    state = (state * 48271) % 2147483647
    return state & 255
  })
  return Buffer.concat([Buffer.from(start, 'latin1'), Buffer.from(bytes)])
}

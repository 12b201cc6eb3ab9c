import { type Body, PdfFile, stream } from '../../../conformance/catalogue/mutations/pdf-writer.ts'
import { bodiesOf, compositeFont, onePage } from './one-page.ts'

const form = (entries: string, content: string): Body =>
  stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${entries}`, content)
const drawn = stream('', '/X Do')

function table(bodies: Body[], trailer: string): Buffer {
  return new PdfFile().objects(bodies).table(`/Size ${bodies.length + 1} ${trailer}`).bytes
}

/** A page tree of many levels, each of which lists the next one `times` times. */
function levels(depth: number, times: number): Buffer {
  const bodies = bodiesOf({ pages: '<< /Type /Pages /Kids [7 0 R] /Count 1 >>', extra: ['null'] })
  for (let i = 0; i < depth; i++) {
    const kid = i === depth - 1 ? '3 0 R' : `${i + 8} 0 R`
    bodies.push(`<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [${Array(times).fill(kid).join(' ')}] >>`)
  }
  return table(bodies, '/Root 1 0 R')
}

/** Files whose references form cycles, or trees that repeat one node without end. */
export const referenceCycles: Record<string, () => Buffer> = {
  'a page tree that is its own kid': () =>
    onePage({ pages: '<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1 >>' }),
  'a page tree in a circle of two': () =>
    onePage({
      pages: '<< /Type /Pages /Kids [6 0 R] /Count 1 >>',
      extra: ['<< /Type /Pages /Kids [2 0 R] /Count 1 >>'],
    }),
  'a page tree without a leaf': () => onePage({ pages: '<< /Type /Pages /Kids [2 0 R] /Count 1000000 >>' }),
  'a page tree of 50,000 levels': () => levels(50_000, 1),
  'a page tree that doubles at each of 40 levels': () => levels(40, 2),
  'a page that is its own parent': () =>
    table(
      bodiesOf({}).map((body) => body.replace('/Parent 2 0 R /MediaBox [0 0 595 842]', '/Parent 3 0 R')),
      '/Root 1 0 R',
    ),
  'a catalog that refers to itself': () => table(['1 0 R'], '/Root 1 0 R'),
  'two references in a circle': () => table(['2 0 R', '1 0 R'], '/Root 1 0 R'),
  'a length that is the stream’s own': () =>
    onePage({ content: '<< /Length 4 0 R >>\nstream\nBT (Hello) Tj ET\nendstream' }),
  'a length in an object stream of that length': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    const heads = '7 0 '
    file.object(
      6,
      `<< /Type /ObjStm /N 1 /First ${heads.length} /Length 7 0 R >>\nstream\n${heads}6\nendstream`,
    )
    file.compressed.set(7, { container: 6, index: 0 })
    return file.crossReferenceStream(8, '/Root 1 0 R', 9).bytes
  },
  'a /Prev that points at itself': () => previous((start) => start),
  'a /Prev that points into a number': () => previous((start) => start + 7),
  'a chain of 20,000 /Prev': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    let last = file.text.length
    file.table('/Size 6 /Root 1 0 R')
    let text = ''
    for (let i = 0; i < 20_000; i++) {
      const start = file.text.length + text.length
      text += `xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev ${last} >>\nstartxref\n${start}\n%%EOF\n`
      last = start
    }
    file.text += text
    return file.bytes
  },
  'a hybrid that points at itself': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    return file.table(`/Size 6 /Root 1 0 R /XRefStm ${file.text.length}`).bytes
  },
  'an object stream that contains itself': () =>
    contained((file) => file.compressed.set(6, { container: 6, index: 0 })),
  'two object streams that contain each other': () =>
    contained((file) => {
      file.compressed.set(6, { container: 7, index: 0 })
      file.compressed.set(7, { container: 6, index: 0 })
    }),
  'an object stream that extends itself': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    file.object(6, stream('/Type /ObjStm /N 1 /First 4 /Extends 6 0 R', '7 0 null'))
    file.compressed.set(7, { container: 6, index: 0 })
    return file.crossReferenceStream(8, '/Root 1 0 R', 9).bytes
  },
  'a form that draws itself': () =>
    onePage({ content: drawn, extra: [form('/Resources << /XObject << /X 6 0 R >> >>', '/X Do /X Do')] }),
  'forms that draw the next one ten times, twelve deep': () =>
    onePage({
      content: drawn,
      extra: Array.from({ length: 12 }, (_, i) =>
        form(`/Resources << /XObject << /X ${i + 7} 0 R >> >>`, i < 11 ? '/X Do '.repeat(10) : '0 g'),
      ),
    }),
  'a glyph that draws itself': () =>
    onePage({
      content: stream('', 'BT /F1 12 Tf (a) Tj ET'),
      font: `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97
        /Widths [9] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>
        /Resources << /Font << /F1 5 0 R >> >> >>`,
      extra: [stream('', 'BT /F1 1 Tf (a) Tj ET')],
    }),
  'a mapping to characters that uses itself': () =>
    onePage(
      compositeFont(stream('/Type /CMap /UseCMap 7 0 R', '/F usecmap 1 begincodespacerange <00> <ff>')),
    ),
  'a composite font that descends from itself': () =>
    onePage({
      font: '<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [5 0 R] >>',
    }),
  'a colour space based on itself': () =>
    onePage({
      page: '/Resources << /ColorSpace << /C 6 0 R >> >>',
      content: stream('', '/C cs 0 scn'),
      extra: ['[/Indexed 6 0 R 255 (x)]'],
    }),
  'outlines, names and structure in circles': () =>
    onePage({
      catalog: '/Outlines 6 0 R /Names << /EmbeddedFiles 7 0 R >> /StructTreeRoot 8 0 R',
      extra: [
        '<< /Type /Outlines /First 6 0 R /Last 6 0 R /Next 6 0 R /Title (a) >>',
        '<< /Kids [7 0 R 7 0 R] >>',
        '<< /Type /StructTreeRoot /K [8 0 R 8 0 R] /ParentTree 7 0 R >>',
      ],
    }),
}

function previous(target: (start: number) => number): Buffer {
  const file = new PdfFile().objects(bodiesOf({}))
  return file.table(`/Size 6 /Root 1 0 R /Prev ${target(file.text.length)}`).bytes
}

function contained(arrange: (file: PdfFile) => void): Buffer {
  const file = new PdfFile().objects(bodiesOf({}))
  file.object(6, stream('/Type /ObjStm /N 1 /First 4', '7 0 << /Type /ObjStm >>'))
  file.object(7, stream('/Type /ObjStm /N 1 /First 4', '6 0 << /Type /ObjStm >>'))
  arrange(file)
  return file.crossReferenceStream(8, '/Root 1 0 R /Info 7 0 R', 9).bytes
}

import { type Body, PdfFile, stream } from './pdf-writer.ts'

/** Text that does not compress well, the same every time. */
function figures(lines: number): string {
  let state = 1
  const number = () => {
    state = (state * 48271) % 2147483647
    return state
  }
  return Array.from({ length: lines }, () => `(${number()} ${number()}) Tj T*`).join('\n')
}

const page = (contents: number) =>
  `<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 5 0 R >> >> /Contents ${contents} 0 R >>`

/** Objects 1 to 8: a catalog with two pages of text in a standard font, and an information dictionary. */
export function twoPages(catalogEntries = ''): Body[] {
  const text = (title: string) =>
    stream('', `BT /F1 12 Tf 14 TL 50 780 Td (${title}) Tj T* ${figures(300)} ET`)
  return [
    `<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) ${catalogEntries} >>`,
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] >>',
    page(6),
    page(7),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    text('Organizations'),
    text('Limits'),
    "<< /Title (Usage) /Producer (\\200) /CreationDate (D:20260101120000+01'00') >>",
  ]
}

const trailer = '/Size 9 /Root 1 0 R /Info 8 0 R /ID [<00ff> <00ff>]'

export function classic(catalogEntries = ''): Buffer {
  return new PdfFile('1.4').objects(twoPages(catalogEntries)).table(trailer).bytes
}

/** Streams as they must be, everything else in an object stream (PDF 1.5). */
function packed(file: PdfFile, bodies: Body[]): PdfFile {
  const isStream = (body: Body) => body.includes('endstream')
  const rest = new Map<number, Body>()
  for (const [i, body] of bodies.entries()) {
    if (isStream(body)) file.object(i + 1, body)
    else rest.set(i + 1, body)
  }
  return file.objectStream(bodies.length + 1, rest)
}

export function objectStreams(): Buffer {
  const file = packed(new PdfFile('2.0'), twoPages())
  return file.crossReferenceStream(10, '/Root 1 0 R /Info 8 0 R', 11).bytes
}

/** The first state shows another title on page 2 than the last one. */
export function incremental(): Buffer {
  const file = new PdfFile().objects(twoPages()).table(trailer)
  const previous = file.text.lastIndexOf('xref\n0 1')
  file.object(7, stream('', 'BT /F1 12 Tf 50 780 Td (Corrected) Tj ET'))
  return file.table(`${trailer} /Prev ${previous}`, [7]).bytes
}

export function incrementalStreams(): Buffer {
  const file = packed(new PdfFile(), twoPages()).crossReferenceStream(10, '/Root 1 0 R', 11)
  const previous = file.offsets.get(10)
  file.object(7, stream('', 'BT /F1 12 Tf 50 780 Td (Corrected) Tj ET'))
  return file.crossReferenceStream(11, `/Root 1 0 R /Prev ${previous}`, 12).bytes
}

/** A table for old readers, and a stream that adds what they need not see. */
export function hybrid(): Buffer {
  const bodies = twoPages()
  const info = bodies.pop()!
  const file = new PdfFile().objects(bodies).objectStream(9, new Map([[8, info]]))
  file.crossReferenceStream(10, '', 10, true)
  return file.table(`/Size 11 /Root 1 0 R /Info 8 0 R /XRefStm ${file.offsets.get(10)}`).bytes
}

/** Laid out as annex F asks: the first page and its cross-reference before the rest, nothing but hints left out. */
export function linearized(): Buffer {
  const bodies = twoPages()
  const layout = (
    length: number,
    main: number,
    first: number,
  ): { file: PdfFile; main: number; first: number } => {
    const pad = (value: number) => String(value).padStart(10, '0')
    const file = new PdfFile()
    const dictionary = `<< /Linearized 1 /L ${pad(length)} /H [0 0] /O 3 /E 0 /N 2 /T ${pad(main)} >>`
    file.object(9, dictionary)
    const own = file.text.length
    file.text += 'xref\n'
    const places = [1, 2, 3, 5, 6, 9]
    const section = places.map((n) => `${n} 1\n${pad(firstOffsets.get(n) ?? 0)} 00000 n \n`).join('')
    file.text += `${section}trailer\n<< /Size 10 /Root 1 0 R /Info 8 0 R /Prev ${pad(main)} >>\n`
    file.text += 'startxref\n0\n%%EOF\n'
    for (const n of [1, 2, 3, 5, 6, 4, 7, 8]) file.object(n, bodies[n - 1]!)
    firstOffsets = file.offsets
    const mainStart = file.text.length
    file.text += 'xref\n0 1\n0000000000 65535 f \n'
    for (const n of [4, 7, 8]) file.text += `${n} 1\n${pad(file.offsets.get(n)!)} 00000 n \n`
    file.text += `trailer\n<< /Size 10 >>\nstartxref\n${first || own}\n%%EOF\n`
    return { file, main: mainStart, first: own }
  }
  let firstOffsets = new Map<number, number>()
  const draft = layout(0, 0, 0)
  return layout(draft.file.text.length, draft.main, draft.first).file.bytes
}

export function signed(): Buffer {
  const form = '/AcroForm << /Fields [9 0 R] /SigFlags 3 >>'
  const field =
    '<< /FT /Sig /T (s) /V << /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 1 2 3] /Contents <00> >> >>'
  const bodies = [...twoPages(form), field]
  return new PdfFile().objects(bodies).table('/Size 10 /Root 1 0 R').bytes
}

export function tagged(): Buffer {
  const marks = '/MarkInfo << /Marked true >> /StructTreeRoot 9 0 R'
  const tree = '<< /Type /StructTreeRoot /K << /S /Document /P 9 0 R >> >>'
  return new PdfFile().objects([...twoPages(marks), tree]).table('/Size 10 /Root 1 0 R').bytes
}

/** Sound files of every kind that writers make; none of them gives cause for complaint. */
export const validPdfs: Record<string, () => Buffer> = {
  'PDF 1.4 with a cross-reference table': () => classic(),
  'PDF 2.0 with object streams': objectStreams,
  'incremental update': incremental,
  'incremental update of cross-reference streams': incrementalStreams,
  'hybrid cross-reference': hybrid,
  linearized,
  signed,
  tagged,
  'carriage returns and line feeds as line ends': () => Buffer.from(classicWithPairs(), 'latin1'),
}

/** Text streams only, so that every line may end in CR LF, offsets included. */
function classicWithPairs(): string {
  const file = new PdfFile('1.3')
  const bodies = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>',
    '<< /Length 3 >>\r\nstream\r\n0 g\r\nendstream',
  ]
  file.text = file.text.replaceAll('\n', '\r\n')
  for (const [i, body] of bodies.entries()) {
    file.offsets.set(i + 1, file.text.length)
    file.text += `${i + 1} 0 obj\r\n${body}\r\nendobj\r\n`
  }
  const start = file.text.length
  const entries = [...file.offsets.values()].map(
    (offset) => `${String(offset).padStart(10, '0')} 00000 n\r\n`,
  )
  file.text += `xref\r\n0 5\r\n0000000000 65535 f\r\n${entries.join('')}`
  file.text += `trailer\r\n<< /Size 5 /Root 1 0 R >>\r\nstartxref\r\n${start}\r\n%%EOF\r\n`
  return file.text
}

import { PdfFile, stream } from '../../../conformance/catalogue/mutations/pdf-writer.ts'
import { bodiesOf, compositeFont, onePage } from './one-page.ts'

/** A file of `count` more objects after those of one page. Offsets are added up, since the text is large. */
function many(count: number, body: (number: number) => string, pages?: string): Buffer {
  const bodies = bodiesOf(pages ? { pages } : {})
  const file = new PdfFile().objects(bodies)
  const first = bodies.length + 1
  let text = file.text
  const parts: string[] = []
  const offsets: number[] = [...file.offsets.values()]
  let length = text.length
  for (let i = 0; i < count; i++) {
    const object = `${first + i} 0 obj\n${body(first + i)}\nendobj\n`
    offsets.push(length)
    parts.push(object)
    length += object.length
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  text += parts.join('')
  const size = first + count
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries.join('')}`
  return Buffer.from(
    `${text}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    'latin1',
  )
}

/** Files with far more objects, pages or operators than any report has. */
export const manyObjects: Record<string, () => Buffer> = {
  'a million objects': () => many(1_000_000, () => 'null'),
  'a million objects in one object stream': () => {
    const file = new PdfFile().objects(bodiesOf({}))
    const heads = Array.from({ length: 1_000_000 }, (_, i) => `${i + 8} 0`).join(' ')
    file.object(6, stream(`/Type /ObjStm /N 1000000 /First ${heads.length + 1}`, `${heads} null`))
    for (let i = 0; i < 1_000_000; i++) file.compressed.set(i + 8, { container: 6, index: i })
    return file.crossReferenceStream(7, '/Root 1 0 R', 1_000_008).bytes
  },
  '100,000 pages': () => {
    const kids = Array.from({ length: 100_000 }, (_, i) => `${i + 6} 0 R`).join(' ')
    const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>'
    return many(100_000, () => page, `<< /Type /Pages /Count 100000 /Kids [${kids}] >>`)
  },
  '300,000 pages that are not there': () => {
    const kids = Array.from({ length: 300_000 }, (_, i) => `${i + 100} 0 R`).join(' ')
    return onePage({ pages: `<< /Type /Pages /Count 300000 /Kids [${kids}] >>` })
  },
  'a million pages claimed': () => onePage({ pages: '<< /Type /Pages /Count 1000000000 /Kids [3 0 R] >>' }),
  'a page whose content is one stream 300,000 times': () =>
    onePage({ page: `/Contents [${'4 0 R '.repeat(300_000)}]` }),
  'a million graphics states left open': () => onePage({ content: stream('', 'q '.repeat(1_000_000)) }),
  'half a million texts': () =>
    onePage({ content: stream('', `BT /F1 1 Tf ${'(a) Tj 9 0 Td '.repeat(500_000)} ET`) }),
  'a million operands': () => onePage({ content: stream('', `${'1 '.repeat(1_000_000)} re`) }),
  '300,000 annotations that are one': () =>
    onePage({
      page: `/Annots [${'6 0 R '.repeat(300_000)}]`,
      extra: ['<< /Type /Annot /Subtype /Link >>'],
    }),
  'a dictionary of 300,000 keys': () =>
    onePage({ extra: [`<< ${Array.from({ length: 300_000 }, (_, i) => `/K${i} 0`).join(' ')} >>`] }),
  'a mapping of four thousand million characters': () =>
    onePage(
      compositeFont(
        stream(
          '',
          '1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange',
        ),
      ),
    ),
  'a sampled function of 10^12 samples': () =>
    onePage({
      page: '/Resources << /Shading << /S << /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 1 1] /Function 6 0 R >> >> >>',
      content: stream('', '/S sh'),
      extra: [
        stream(
          '/FunctionType 0 /Domain [0 1 0 1 0 1] /Range [0 1 0 1 0 1] /Size [10000 10000 10000] /BitsPerSample 32',
          'x',
        ),
      ],
    }),
}

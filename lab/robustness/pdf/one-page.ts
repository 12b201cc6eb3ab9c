import { type Body, PdfFile, stream } from '../../../conformance/catalogue/mutations/pdf-writer.ts'

/** What a hostile file replaces in, or adds to, a file of one page: entries of dictionaries, or whole objects. */
export interface Parts {
  catalog?: string
  pages?: Body
  page?: string
  content?: Body
  font?: Body
  extra?: Body[]
  trailer?: string
}

const text = stream('', 'BT /F1 12 Tf 50 700 Td (Hello) Tj ET')

/** Objects 1 to 5 are catalog, page tree, page, content and font; `extra` follow. */
export function bodiesOf(parts: Parts): Body[] {
  const resources = '/Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>'
  return [
    `<< /Type /Catalog /Pages 2 0 R ${parts.catalog ?? ''} >>`,
    parts.pages ?? '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} /Contents 4 0 R ${parts.page ?? ''} >>`,
    parts.content ?? text,
    parts.font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...(parts.extra ?? []),
  ]
}

/** The file of these objects. */
export function onePage(parts: Parts): Buffer {
  const bodies = bodiesOf(parts)
  const trailer = `/Size ${bodies.length + 1} /Root 1 0 R ${parts.trailer ?? ''}`
  return new PdfFile().objects(bodies).table(trailer).bytes
}

/** A composite font in object 5 with its descendant in 6 and its mapping to characters in 7. */
export function compositeFont(toUnicode: Body, fontFile?: Body): Parts {
  const descriptor = '<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 0 1 1] /FontFile2 9 0 R >>'
  return {
    content: stream('', 'BT /F1 12 Tf 50 700 Td <00410042> Tj ET'),
    font: '<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
    extra: [
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (A) /Ordering (I) /Supplement 0 >> ${fontFile ? '/FontDescriptor 8 0 R' : ''} >>`,
      toUnicode,
      ...(fontFile ? [descriptor, fontFile] : []),
    ],
  }
}

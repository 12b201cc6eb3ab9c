import { describe, expect, test } from 'vitest'
import { twoPages } from '../../catalogue/mutations/pdf-samples.ts'
import { PdfFile, stream } from '../../catalogue/mutations/pdf-writer.ts'
import { readStructure } from './structure.ts'

const found = (content: string, resources = '/Font << /F1 5 0 R >>', form = '') => {
  const bodies = twoPages().with(5, stream('', content))
  bodies[2] = `<< /Type /Page /Parent 2 0 R /Resources << ${resources} >> /Contents 6 0 R >>`
  const file = new PdfFile().objects([...bodies, form || 'null']).table('/Size 10 /Root 1 0 R').bytes
  return readStructure(file).problems.map(({ code, message }) => `${code}: ${message}`)
}
const form = (resources: string, content: string) =>
  stream(`/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${resources}`, content)

describe('text in a font that no resource defines', () => {
  test.each<[string, string[]]>([
    ['another name', ['BT /F2 12 Tf (a) Tj ET']],
    ['an array of texts', ['BT /F2 12 Tf [(a) -20 (b)] TJ ET']],
    ['no fonts at all', ['BT /F1 12 Tf (a) Tj ET', '/ProcSet [/PDF]']],
    ['a font that is no dictionary', ['BT /F1 12 Tf (a) Tj ET', '/Font << /F1 (Helvetica) >>']],
    ['a font whose object is missing', ['BT /F1 12 Tf (a) Tj ET', '/Font << /F1 99 0 R >>']],
    ['after an inline image', ['BI /W 1 /H 1 /BPC 8 /CS /G ID ( EI BT /F2 12 Tf (a) Tj ET']],
    [
      'in a form',
      [
        '/X Do ',
        '/Font << /F1 5 0 R >> /XObject << /X 9 0 R >>',
        form('/Resources << >>', 'BT /F1 9 Tf (a) Tj ET'),
      ],
    ],
  ])('%s', (_, [content, resources, of]) => {
    expect(found(content!, resources, of)).toContainEqual(
      expect.stringMatching(
        /^undefined-font: text on page 1 of 2 is set in \/F[12], which no font resource defines$/,
      ),
    )
  })
})

describe('what is none', () => {
  test.each<[string, string[]]>([
    ['a defined font', ['BT /F1 12 Tf (a) Tj ET']],
    ['an escaped name', ['BT /F#31 12 Tf (a) Tj ET']],
    ['a name in a text', ['BT /F1 12 Tf (/F2 12 Tf) Tj ET']],
    ['a font that shows nothing', ['BT /F2 12 Tf ET BT /F1 12 Tf (a) Tj ET']],
    ['a font that ends with q', ['q BT /F2 12 Tf ET Q BT (a) Tj ET']],
    [
      'a form that has the fonts of its page',
      ['/X Do ', '/Font << /F1 5 0 R >> /XObject << /X 9 0 R >>', form('', 'BT /F1 9 Tf (a) Tj ET')],
    ],
    [
      'a form that draws itself',
      ['/X Do ', '/XObject << /X 9 0 R >>', form('/Resources << /XObject << /X 9 0 R >> >>', '/X Do ')],
    ],
    [
      'a form that nothing draws',
      ['', '/XObject << /X 9 0 R >>', form('/Resources << >>', 'BT /F1 9 Tf (a) Tj ET')],
    ],
  ])('%s', (_, [content, resources, of]) => {
    expect(found(content!, resources, of)).toEqual([])
  })

  test('resources that the tree above hands down', () => {
    const bodies = twoPages()
    for (const at of [2, 3]) bodies[at] = bodies[at]!.replace('/Resources << /Font << /F1 5 0 R >> >>', '')
    bodies[1] = bodies[1]!.replace('/Count 2', '/Count 2 /Resources << /Font << /F1 5 0 R >> >>')
    expect(readStructure(new PdfFile().objects(bodies).table('/Size 9 /Root 1 0 R').bytes).problems).toEqual(
      [],
    )
  })
})

import { expect, test } from 'vitest'
import { twoPages } from '../../catalogue/mutations/pdf-samples.ts'
import { PdfFile, stream } from '../../catalogue/mutations/pdf-writer.ts'
import { readStructure } from './structure.ts'

test('active content, references outside and attachments are found, in object streams too', () => {
  const hidden = new Map([
    [9, '<< /S /JavaScript /JS (app.alert(1)) >>'],
    [10, '<< /Type /Action /S /URI /URI (https://example.com/) >>'],
    [11, '<< /Type /Filespec /UF (notes.txt) /EF << /F 12 0 R >> >>'],
  ])
  const file = new PdfFile().objects(twoPages('/OpenAction 9 0 R /AA << >>')).objectStream(13, hidden)
  file.object(12, stream('/Type /EmbeddedFile', 'hello'))
  const { body, problems } = readStructure(file.crossReferenceStream(14, '/Root 1 0 R', 15).bytes)
  expect(problems).toEqual([])
  expect(new Set(body?.activeContent.map(({ kind }) => kind))).toEqual(
    new Set(['OpenAction', 'AdditionalActions', 'JavaScript', 'EmbeddedFile']),
  )
  expect(body?.externalReferences).toMatchObject([{ kind: 'URI', target: 'https://example.com/' }])
  expect(body?.attachments).toEqual([{ name: 'notes.txt', bytes: new Uint8Array(Buffer.from('hello')) }])
})

import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { describe, expect, test } from 'vitest'
import { inspectPdf } from './inspect.ts'
import { judgePdf } from './judge/judge.ts'

type Options = NonNullable<ConstructorParameters<typeof PDFDocument>[0]>

/** A page of text, with a title, a language, an outline and an attachment. */
async function write(options: Options): Promise<Buffer> {
  const document = new PDFDocument({ info: { Title: 'Usage' }, lang: 'en-GB', tagged: true, ...options })
  document.text('Hello')
  document.outline.addItem('Chapter')
  document.file(Buffer.from('a,b'), { name: 'data.csv' })
  document.end()
  return buffer(document)
}

const versions: Record<string, Options['pdfVersion']> = {
  'RC4 of 40 bits': '1.3',
  'RC4 of 128 bits': '1.4',
  'AES of 128 bits': '1.7',
  'AES of 256 bits': '1.7ext3',
}

describe.each(Object.entries(versions))('a file encrypted by %s', (_, pdfVersion) => {
  test('that opens without a password is inspected as if it were not encrypted', async () => {
    const open = await inspectPdf(await write({ pdfVersion }))
    const { problems, body } = await inspectPdf(await write({ pdfVersion, ownerPassword: 'owner' }))
    expect(problems).toEqual(open.problems)
    expect(body).toMatchObject({
      encryption: { filter: 'Standard', opensWithoutPassword: true },
      pages: { found: 1 },
      metadata: {
        info: { Title: 'Usage' },
        dates: expect.arrayContaining([
          expect.objectContaining({ place: 'Info/CreationDate', isWellFormed: true }),
        ]),
      },
      language: 'en-GB',
      isMarked: true,
      hasStructureTree: true,
      attachments: [{ name: 'data.csv', bytes: new Uint8Array(Buffer.from('a,b')) }],
      strings: expect.arrayContaining(['Chapter']),
      fonts: [{ name: 'Helvetica', isStandard14: true }],
      // Streams and strings of objects that pdf.js does not hand out stay closed.
      isComplete: false,
    })
  })

  test('that needs a password is broken, and is judged so', async () => {
    const bytes = await write({ pdfVersion, userPassword: 'user', ownerPassword: 'owner' })
    const { problems, body } = await inspectPdf(bytes)
    expect(problems).toMatchObject([{ code: 'password', severity: 'broken' }])
    expect(body?.encryption?.opensWithoutPassword).toBe(false)
    expect(await judgePdf(bytes, { organizations: [] })).toMatchObject({
      verdict: 'broken',
      findings: [{ kind: 'broken-file', message: 'needs a password to open' }],
    })
  })
})

test('only an encrypted file is opened', async () => {
  const bytes = (await write({})).subarray(0, -200)
  const { problems, body } = await inspectPdf(bytes)
  expect(problems[0]).toMatchObject({ code: 'cut-off', severity: 'broken' })
  expect(body).toMatchObject({ encryption: undefined, isComplete: true })
})

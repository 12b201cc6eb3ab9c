import { buffer } from 'node:stream/consumers'
import PDFDocument from 'pdfkit'
import { describe, expect, test } from 'vitest'
import { inspectPdf } from './inspect.ts'
import { judgePdf } from './judge/judge.ts'
import { surveyLimits } from './limits.ts'
import { type Attachment, keepAttachment, keepString } from './structure/survey.ts'

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

test('text that pdf.js hands out of an encrypted file is cut as that of an open one', async () => {
  const document = new PDFDocument({ pdfVersion: '1.7', ownerPassword: 'owner' })
  document.outline.addItem('x'.repeat(2 * surveyLimits.stringBytes))
  document.end()
  const { body } = await inspectPdf(await buffer(document))
  expect(Math.max(...body!.strings.map(({ length }) => length))).toBe(surveyLimits.stringBytes)
})

test('attachments are bounded in number and in the bytes of all together', () => {
  const kept: Attachment[] = []
  const bytes = new Uint8Array(surveyLimits.attached - 1)
  for (let number = 0; number <= surveyLimits.listed; number += 1)
    keepAttachment(kept, { name: `${number}.txt`, bytes: number < 3 ? bytes : undefined })
  expect(kept.slice(0, 3).map((one) => one.bytes?.length)).toEqual([surveyLimits.attached - 1, 1, 0])
  expect(kept).toHaveLength(surveyLimits.listed)
})

test('texts are bounded in number', () => {
  const kept = new Set<string>()
  for (let number = 0; number <= surveyLimits.strings; number += 1) keepString(kept, () => `${number}`)
  expect(kept.size).toBe(surveyLimits.strings)
})

test('only an encrypted file is opened', async () => {
  const bytes = (await write({})).subarray(0, -200)
  const { problems, body } = await inspectPdf(bytes)
  expect(problems[0]).toMatchObject({ code: 'cut-off', severity: 'broken' })
  expect(body).toMatchObject({ encryption: undefined, isComplete: true })
})

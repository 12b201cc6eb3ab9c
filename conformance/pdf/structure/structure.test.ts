import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  classic,
  incremental,
  linearized,
  objectStreams,
  twoPages,
  validPdfs,
} from '../../catalogue/mutations/pdf-samples.ts'
import { PdfFile } from '../../catalogue/mutations/pdf-writer.ts'
import { type ProblemCode, readStructure } from './structure.ts'

const messages = (bytes: Buffer) =>
  readStructure(bytes).problems.map(({ severity, code, message }) => `${severity} ${code}: ${message}`)
const codes = (bytes: Buffer) => readStructure(bytes).problems.map(({ code }) => code)
const latin1 = (text: string) => Buffer.from(text, 'latin1')
const edit = (bytes: Buffer, change: (text: string) => string) => latin1(change(bytes.toString('latin1')))

describe('files that conform', () => {
  test.each(Object.entries(validPdfs))('%s: no complaint', (_, make) => {
    const { problems, body } = readStructure(make())
    expect(problems).toEqual([])
    expect(body?.pages.found).toBeGreaterThan(0)
    expect(body?.isComplete).toBe(true)
  })

  test('two revisions are told from a linearized file', () => {
    const updated = incremental()
    const revisions = readStructure(updated).body?.revisions ?? []
    expect(revisions).toHaveLength(2)
    expect(readStructure(updated.subarray(0, revisions[0]?.end)).problems).toEqual([])
    expect(readStructure(linearized()).body).toMatchObject({ isLinearized: true, revisions: [{}] })
  })

  test('metadata is decoded', () => {
    expect(readStructure(classic()).body).toMatchObject({
      language: 'en-GB',
      fileId: ['00ff', '00ff'],
      metadata: {
        info: { Title: 'Usage', Producer: '•' },
        dates: [{ place: 'Info/CreationDate', instant: '2026-01-01T11:00:00.000Z' }],
      },
      fonts: [{ name: 'Helvetica', isStandard14: true, isEmbedded: false }],
    })
  })
})

describe('bytes changed in transfer', () => {
  const text = () => classic().toString('latin1')

  test.each([classic, objectStreams])('a UTF-8 round trip is named (%o)', (make) => {
    const [first] = messages(Buffer.from(make().toString('utf8')))
    expect(first).toMatch(/^broken decoded-as-text: decoded as UTF-8 on its way \(EF BF BD [\d,]+ times\)$/)
  })

  test.each([classic, objectStreams])('Latin-1 written as UTF-8 is named (%o)', (make) => {
    const [first] = messages(Buffer.from(make().toString('latin1'), 'utf8'))
    expect(first).toMatch(/^broken decoded-as-text: read as Latin-1 and written as UTF-8/)
  })

  test.each([classic, objectStreams, incremental])('LF to CRLF is named (%o)', (make) => {
    const [first] = messages(edit(make(), (t) => t.replaceAll(/\r?\n/g, '\r\n')))
    expect(first).toMatch(/^broken line-endings: .*LF to CRLF/)
  })

  test('CRLF to LF is named', () => {
    const pairs = validPdfs['carriage returns and line feeds as line ends']!()
    expect(messages(edit(pairs, (t) => t.replaceAll('\r\n', '\n')))[0]).toMatch(/line-endings: .*CRLF to LF/)
  })

  test('LF to CRLF is named in a file that had some CRLF before', () => {
    const bodies = twoPages().map((body) => body.replace('/Font /Subtype', '/Font\r\n/Subtype'))
    const file = new PdfFile().objects(bodies).table('/Size 9 /Root 1 0 R').bytes
    expect(messages(file)).toEqual([])
    const mixed = edit(file, (t) => t.replaceAll(/\r?\n/g, '\r\n'))
    expect(messages(mixed)[0]).toMatch(/LF to CRLF/)
  })

  test('text mode, where every CR becomes LF, is named', () => {
    expect(messages(edit(classic(), (t) => t.replaceAll(/\r\n?/g, '\n')))[0]).toMatch(/^broken line-endings/)
  })

  test('seven-bit text is named', () => {
    expect(messages(edit(classic(), (t) => t.replaceAll(/[\x80-\xff]/g, '?')))[0]).toMatch(/7-bit text/)
  })

  test.each([
    ['empty', Buffer.alloc(0), 'broken empty: empty'],
    ['base64', latin1(classic().toString('base64')), 'broken not-a-pdf: base64, not a PDF'],
    [
      'a data URL',
      latin1(`data:application/pdf;base64,${classic().toString('base64')}`),
      'broken not-a-pdf: base64',
    ],
    ['JSON text', Buffer.from(JSON.stringify(text())), 'broken not-a-pdf: a JSON string'],
    ['JSON base64', latin1(`"${classic().toString('base64')}"`), 'a JSON string with base64'],
    ['JSON Buffer', latin1(JSON.stringify(classic())), 'a Buffer written as JSON'],
    ['JSON object', latin1('{"url":"https://example.com"}'), 'broken not-a-pdf: JSON'],
    ['array text', latin1(String(new Uint8Array(classic()))), 'a list of byte values'],
    ['HTML', latin1('\n<!DOCTYPE html><html></html>'), 'broken not-a-pdf: an HTML page'],
    ['gzip', gzipSync(classic()), 'broken not-a-pdf: gzip left on, with a PDF inside'],
    ['ZIP', latin1('PK\x03\x04rest'), 'broken not-a-pdf: a ZIP file'],
    ['UTF-16', Buffer.from(text(), 'utf16le'), 'a PDF written as UTF-16 text'],
    ['text', latin1('string'), 'broken not-a-pdf: not a PDF: no %PDF- header, no objects'],
    ['object', latin1('[object Object]'), 'the text [object Object]'],
  ])('%s is called by its name', (_, bytes, expected) => {
    expect(messages(bytes)[0]).toContain(expected)
    expect(readStructure(bytes).body).toBeUndefined()
  })

  test.each([
    [latin1('a line\n'.repeat(300)), '2,100 bytes of text before %PDF-'],
    [latin1('\xef\xbb\xbf'), 'a UTF-8 byte order mark before %PDF-'],
    [latin1('1f40\r\n'), 'the size line of a chunked transfer ("1f40\\r\\n") before %PDF-'],
    [latin1('HTTP/1.1 200 OK\r\n\r\n'), 'the head of an HTTP answer (19 bytes) before %PDF-'],
    [latin1('\n'), '1 byte of white space before %PDF-'],
  ])('what stands before the header is described and nothing else is blamed', (prefix, message) => {
    expect(messages(Buffer.concat([prefix, classic()]))).toEqual([`defect header: ${message}`])
  })

  test.each([
    [Buffer.alloc(500), '500 bytes of zeros after %%EOF'],
    [latin1('<br><b>Warning</b>: headers already sent'), '40 bytes of HTML after %%EOF'],
  ])('what stands behind the end is described', (suffix, message) => {
    expect(messages(Buffer.concat([classic(), suffix]))).toEqual([`defect end-of-file: ${message}`])
  })

  test('a file that stands there twice is called that', () => {
    expect(messages(Buffer.concat([classic(), classic()]))[0]).toMatch(
      /joined-files: the file stands there twice/,
    )
  })
})

describe('files cut off', () => {
  test.each([10, 25, 50, 61, 75, 90, 95])('after %i per cent: broken, with the cause first', (percent) => {
    for (const make of Object.values(validPdfs)) {
      const bytes = make()
      const { problems } = readStructure(bytes.subarray(0, Math.floor((bytes.length * percent) / 100)))
      expect(problems[0]).toMatchObject({ code: 'cut-off', severity: 'broken' })
    }
  })

  test('a linearized file and an announced length say how much is missing', () => {
    const bytes = linearized()
    const part = bytes.subarray(0, Math.floor(bytes.length * 0.615))
    expect(readStructure(part).problems[0]?.message).toMatch(/^cut off after 61 %/)
    const options = { contentLength: classic().length }
    const half = classic().subarray(0, classic().length / 2)
    expect(readStructure(half, options).problems[0]?.message).toMatch(/^cut off after (49|50) %/)
  })

  test('only the end marker missing is a defect, not a loss', () => {
    expect(messages(edit(classic(), (t) => t.replace(/%%EOF\n$/, '')))).toEqual([
      'defect end-of-file: no %%EOF at the end',
    ])
  })
})

describe('faults of the writer', () => {
  const rewrite = (from: string | RegExp, to: string) => {
    const bodies = twoPages().map((body) => body.replace(from, to))
    return new PdfFile().objects(bodies).table('/Size 9 /Root 1 0 R').bytes
  }
  const withTrailer = (trailer: string) => new PdfFile().objects(twoPages()).table(trailer).bytes

  test.each<[string, Buffer, ProblemCode, RegExp]>([
    [
      'a version that does not exist',
      edit(classic(), (t) => t.replace('1.4', '1.9')),
      'header',
      /"1\.9" does not exist/,
    ],
    [
      'no binary marker',
      edit(classic(), (t) => t.replace('%\xe2\xe3\xcf\xd3', '%text')),
      'binary-marker',
      /four bytes/,
    ],
    [
      'a wrong startxref',
      edit(classic(), (t) => t.replace(/(?<=startxref\n)\d+/, '17')),
      'start-xref',
      /says 17/,
    ],
    [
      'entries off by a constant',
      new PdfFile().objects(twoPages()).table('/Size 9 /Root 1 0 R', undefined, 7).bytes,
      'cross-reference',
      /^8 of 9 objects not where the cross-reference says \(each offset 7 bytes too high\)$/,
    ],
    [
      'entries of 19 bytes',
      edit(classic(), (t) => t.replaceAll(' n \n', ' n\n')),
      'cross-reference',
      /not 20 bytes/,
    ],
    [
      'a circle of /Prev',
      edit(classic(), (t) => t.replace('/Size 9', `/Prev ${t.lastIndexOf('xref\n0')} /Size 9`)),
      'cross-reference',
      /circle/,
    ],
    ['/Size too small', withTrailer('/Size 3 /Root 1 0 R'), 'trailer', /\/Size is 3, but object 8/],
    ['a wrong /Root', withTrailer('/Size 9 /Root 77 0 R'), 'catalog', /leads nowhere/],
    ['/Root is a page', withTrailer('/Size 9 /Root 3 0 R'), 'catalog', /no \/Catalog/],
    ['a wrong /Count', rewrite('/Count 2', '/Count 5'), 'page-tree', /says 5 pages and has 2/],
    ['a circle of pages', rewrite('4 0 R]', '2 0 R]'), 'page-tree', /more than once/],
    ['no pages', rewrite('3 0 R 4 0 R', ''), 'page-tree', /no page/],
    ['a page without area', rewrite('0 0 595 842', '0 0 0 842'), 'media-box', /2 pages without/],
    ['no page box', rewrite('/MediaBox [0 0 595 842]', ''), 'media-box', /2 pages without/],
    [
      'a wrong /Length',
      rewrite(/\/Length \d+/, '/Length 12'),
      'stream-length',
      /object 6 says 12 and has \d+/,
    ],
    ['no /Length', rewrite(/\/Length \d+/, ''), 'stream-length', /says nothing/],
    ['an unknown filter', rewrite('/FlateDecode', '/Zip'), 'stream-data', /unknown filter \/Zip/],
    ['an unclosed dictionary', rewrite('/Helvetica >>', '/Helvetica'), 'syntax', /object 5/],
  ])('%s', (_, bytes, code, message) => {
    const problem = readStructure(bytes).problems.find((found) => found.code === code)
    expect(problem?.message).toMatch(message)
  })

  test('a byte too many between two objects is noticed', () => {
    expect(codes(edit(classic(), (t) => t.replace('\n6 0 obj', '\n\n6 0 obj')))).toEqual([
      'start-xref',
      'cross-reference',
    ])
  })

  test('a wrong offset alone is not blamed on line endings or text conversion', () => {
    const shifted = new PdfFile().objects(twoPages()).table('/Size 9 /Root 1 0 R', undefined, 1).bytes
    expect(codes(shifted)).toEqual(['cross-reference'])
  })
})

import type { Behaviour } from '../behaviour.ts'
import { blocks, type Layout, title } from '../report/blocks.ts'
import type { PdfPage } from '../report/pdf-page.ts'
import { outlines, pictures } from '../report/pictures.ts'
import { appendRevision, firstContentOf, objectIn, textStream } from '../report/revision.ts'
import { embedded } from '../report/style.ts'
import { inArea } from './area.ts'

const altering = (file: Behaviour['file']): Partial<Behaviour> => ({ file })

/** Changes the bytes as characters of ISO 8859-1: each byte is one. */
const editing = (edit: (text: string) => string) =>
  altering((pdf) => Buffer.from(edit(pdf.toString('latin1')), 'latin1'))

/** Finishes the baseline's document in another way. */
const adding = (finish: (sheet: PdfPage) => void): Partial<Behaviour> => ({
  layout: (sheet, content) => {
    blocks(sheet, content)
    finish(sheet)
  },
})

/** Entries of the document's catalog. */
const catalog = (entries: Record<string, unknown>) =>
  adding(({ document }) =>
    Object.assign((document as unknown as { _root: { data: object } })._root.data, entries),
  )

/** A PDF string; pdfkit writes plain strings as names. */
const literal = (text: string) => new String(text)

const information = (info: object): Partial<Behaviour> => ({
  options: { info: { Title: 'Statement of use', CreationDate: new Date('2026-03-31'), ...info } },
})

const blank = (text: string, pattern: RegExp) => text.replace(pattern, (found) => ' '.repeat(found.length))

const warning =
  '<br />\n<b>Warning</b>:  Undefined array key "logo" in <b>/srv/app/report.php</b> on line <b>31</b><br />\n'
const page = '<!doctype html><html lang="en"><title>Usage</title><h1>Something went wrong</h1></html>'

const covered: Layout = (sheet, content) => {
  blocks(sheet, content)
  const { document } = sheet
  const { start, count } = document.bufferedPageRange()
  for (let at = start; at < start + count; at++) {
    document.switchToPage(at)
    document.rect(0, 120, document.page.width, document.page.height - 180).fill('#ffffff')
  }
}

/** Bytes that are no usable PDF, or a PDF that does what it must not. */
export const documents = inArea('pdf', [
  {
    id: 'bytes-utf8',
    title: 'decodes the document as UTF-8 and encodes it again',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(pdf.toString('utf8'))),
  },
  {
    id: 'bytes-latin1',
    title: 'encodes each byte of the document as a character',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(pdf.toString('latin1'), 'utf8')),
  },
  {
    id: 'bytes-seven-bit',
    title: 'clears the highest bit of each byte',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(pdf.map((byte) => byte & 0x7f))),
  },
  {
    id: 'bytes-crlf',
    title: 'rewrites line ends to CRLF',
    level: 'contract',
    behaviour: editing((text) => text.replaceAll('\n', '\r\n')),
  },
  {
    id: 'bytes-base64',
    title: 'leaves base64 on',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(pdf.toString('base64'))),
  },
  {
    id: 'bytes-data-url',
    title: 'sends a data URL',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(`data:application/pdf;base64,${pdf.toString('base64')}`)),
  },
  {
    id: 'bytes-json',
    title: 'sends the document as a JSON string',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(JSON.stringify(pdf.toString('latin1')))),
  },
  {
    id: 'bytes-buffer-json',
    title: 'sends the document as JSON of a buffer',
    level: 'contract',
    behaviour: altering((pdf) => Buffer.from(JSON.stringify(pdf))),
  },
  {
    id: 'bytes-warning-before',
    title: 'sends a warning of its language before the document',
    level: 'http',
    behaviour: altering((pdf) => Buffer.concat([Buffer.from(warning), pdf])),
  },
  {
    id: 'bytes-mark-before',
    title: 'sends a byte order mark before the document',
    level: 'http',
    behaviour: altering((pdf) => Buffer.concat([Buffer.from('\ufeff'), pdf])),
  },
  {
    id: 'bytes-page-after',
    title: 'sends HTML after the document',
    level: 'http',
    behaviour: altering((pdf) => Buffer.concat([pdf, Buffer.from(page)])),
  },
  {
    id: 'bytes-half',
    title: 'sends half of the document',
    level: 'contract',
    behaviour: altering((pdf) => pdf.subarray(0, pdf.length / 2)),
  },
  {
    id: 'bytes-without-end',
    title: 'loses the last kilobyte of the document',
    level: 'contract',
    behaviour: altering((pdf) => pdf.subarray(0, -1024)),
  },
  {
    id: 'bytes-holes',
    title: 'loses a block in the middle of the document',
    level: 'http',
    behaviour: altering((pdf) =>
      Buffer.concat([pdf.subarray(0, 512), Buffer.alloc(4096), pdf.subarray(4608)]),
    ),
  },
  {
    id: 'bytes-html',
    title: 'sends an HTML page as application/pdf',
    level: 'contract',
    behaviour: altering(() => Buffer.from(page)),
  },
  {
    id: 'bytes-header-only',
    title: 'sends a PDF header and nothing else',
    level: 'contract',
    behaviour: altering(() => Buffer.from('%PDF-1.7\n')),
  },
  {
    id: 'bytes-word',
    title: 'sends the word "string" as application/pdf',
    level: 'contract',
    behaviour: altering(() => Buffer.from('string')),
  },
  {
    id: 'file-without-header',
    title: 'leaves out the line that names the PDF version',
    level: 'http',
    behaviour: editing((text) => text.slice(text.indexOf('\n') + 1)),
  },
  {
    id: 'file-version-unknown',
    title: 'names a PDF version that does not exist',
    level: 'http',
    behaviour: editing((text) => text.replace('%PDF-1.7', '%PDF-9.9')),
  },
  {
    id: 'file-without-eof',
    title: 'leaves out the end-of-file marker',
    level: 'http',
    behaviour: editing((text) => text.replace(/%%EOF\s*$/, '')),
  },
  {
    id: 'file-startxref-wrong',
    title: 'points beside the cross-reference table',
    level: 'http',
    behaviour: editing((text) =>
      text.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) - 77}`),
    ),
  },
  {
    id: 'file-entries-shifted',
    title: 'points beside the objects in the cross-reference table',
    level: 'http',
    behaviour: editing((text) =>
      text.replace(/^\d{10}(?= 00000 n)/gm, (at) => String(Number(at) + 9).padStart(10, '0')),
    ),
  },
  {
    id: 'file-without-catalog',
    title: 'names no catalog',
    level: 'contract',
    behaviour: editing((text) => blank(text, /\/Root \d+ 0 R/)),
  },
  {
    id: 'file-length-wrong',
    title: 'states lengths of streams that are too short',
    level: 'http',
    behaviour: editing((text) =>
      text
        .replace(/\/Length (\d{3})\n/g, (_, length: string) => `/Length ${Number(length) - 50}\n`)
        .replace(/\/Length (\d{4})\n/g, (_, length: string) => `/Length ${Number(length) - 50}\n`),
    ),
  },
  {
    id: 'pages-none',
    title: 'sends a document without pages',
    level: 'contract',
    behaviour: { layout: () => {} },
  },
  {
    id: 'pages-count-wrong',
    title: 'counts more pages than there are',
    level: 'http',
    behaviour: editing((text) => text.replace(/\/Count (\d)\n/, '/Count 7\n')),
  },
  {
    id: 'pages-without-size',
    title: 'gives pages no area',
    level: 'http',
    behaviour: editing((text) =>
      text.replace(/\/MediaBox \[0 0 595.28 841.89\]/g, '/MediaBox [0 0 0.0000 000.00]'),
    ),
  },
  {
    id: 'pages-blank',
    title: 'sends empty pages only',
    level: 'contract',
    behaviour: { layout: (sheet) => sheet.page(), style: { footer: () => '' } },
  },
  {
    id: 'locked',
    title: 'demands a password to open the document',
    level: 'contract',
    behaviour: { options: { userPassword: 'northwind', ownerPassword: 'owner' } },
  },
  {
    id: 'acts-javascript',
    title: 'runs a script when it is opened',
    level: 'advice',
    behaviour: catalog({
      OpenAction: { Type: 'Action', S: 'JavaScript', JS: literal('app.alert("Hello");') },
    }),
  },
  {
    id: 'acts-named-javascript',
    title: 'carries a script under a name',
    level: 'advice',
    behaviour: adding(({ document }) => document.addNamedJavaScript('start', 'this.print();')),
  },
  {
    id: 'acts-launch',
    title: 'starts a program when it is opened',
    level: 'advice',
    behaviour: catalog({ OpenAction: { Type: 'Action', S: 'Launch', F: literal('calc.exe') } }),
  },
  {
    id: 'acts-uri',
    title: 'opens an address when it is opened',
    level: 'advice',
    behaviour: catalog({
      OpenAction: { Type: 'Action', S: 'URI', URI: literal('https://track.example/opened') },
    }),
  },
  {
    id: 'acts-on-print',
    title: 'runs a script before it is printed',
    level: 'advice',
    behaviour: catalog({ AA: { WP: { S: 'JavaScript', JS: literal('app.beep(0);') } } }),
  },
  {
    id: 'acts-embedded-program',
    title: 'carries a program as an attachment',
    level: 'advice',
    behaviour: adding(({ document }) =>
      document.file(Buffer.from('MZ\u0090\u0000'), {
        name: 'viewer.exe',
        creationDate: new Date(0),
        modifiedDate: new Date(0),
      }),
    ),
  },
  {
    id: 'text-invisible',
    title: 'draws text in the mode that shows nothing',
    level: 'contract',
    behaviour: { style: { prologue: '3 Tr' } },
  },
  {
    id: 'text-off-page',
    title: 'draws text beside the page',
    level: 'contract',
    behaviour: { style: { shift: 2000 } },
  },
  {
    id: 'text-white',
    title: 'draws text white on white',
    level: 'contract',
    behaviour: { style: { color: '#ffffff' } },
  },
  {
    id: 'text-covered',
    title: 'covers the table by a white rectangle',
    level: 'contract',
    behaviour: { layout: covered },
  },
  {
    id: 'text-pictures',
    title: 'sends pictures of pages',
    level: 'advice',
    behaviour: { layout: pictures, style: { footer: () => '' } },
  },
  {
    id: 'text-outlines',
    title: 'draws letters as shapes',
    level: 'advice',
    behaviour: { layout: outlines, style: { fonts: embedded, footer: () => '' } },
  },
  {
    id: 'text-without-unicode',
    title: 'embeds fonts without a mapping to characters',
    level: 'advice',
    behaviour: { style: { fonts: embedded }, ...editing((text) => blank(text, /\/ToUnicode \d+ 0 R/g)) },
  },
  {
    id: 'text-font-missing',
    title: 'uses a font that it neither embeds nor may expect',
    level: 'advice',
    behaviour: editing((text) => text.replaceAll('/BaseFont /Helvetica\n', '/BaseFont /Frutiger5\n')),
  },
  {
    id: 'metadata-path',
    title: 'names a path of its host in the metadata',
    level: 'advice',
    behaviour: information({ Subject: '/home/deploy/report-service/templates/usage.hbs' }),
  },
  {
    id: 'metadata-credentials',
    title: 'names a database with its password in the metadata',
    level: 'advice',
    behaviour: information({ Keywords: 'postgres://report:s3cret-pass@db.internal:5432/usage' }),
  },
  {
    id: 'metadata-future',
    title: 'says that it was made in ten years',
    level: 'advice',
    behaviour: information({
      CreationDate: new Date(Date.UTC(2099, 0, 1)),
      ModDate: new Date(Date.UTC(2099, 0, 1)),
    }),
  },
  {
    id: 'metadata-date-malformed',
    title: 'writes its date of creation in another format',
    level: 'http',
    behaviour: editing((text) => text.replaceAll('(D:20260331000000Z)', '(31 March 2026 0h )')),
  },
  { id: 'untitled', title: 'has no title', level: 'advice', behaviour: information({ Title: '' }) },
  {
    id: 'untagged',
    title: 'has no tags',
    level: 'advice',
    behaviour: editing((text) =>
      blank(text, /\/StructTreeRoot \d+ 0 R/).replace('/Marked true', '/Marked null'),
    ),
  },
  {
    id: 'language-unsaid',
    title: 'does not name its language',
    level: 'advice',
    behaviour: editing((text) => blank(text, /\/Lang \([^)]*\)/g)),
  },
  {
    id: 'revision-with-foreign',
    title: 'keeps organizations of others in an earlier revision',
    level: 'contract',
    needs: ['foreign'],
    behaviour: altering((pdf, { world, workspace }) => {
      const others = workspace === world.own ? world.foreign : world.own
      const content = firstContentOf(pdf)
      const lines = others.organizations.map(({ name }) => name)
      const before = appendRevision(pdf, { [content]: Buffer.from(textStream(lines, 'F1'), 'latin1') })
      return appendRevision(before, { [content]: objectIn(pdf, content) })
    }),
  },
  {
    id: 'metadata-with-foreign',
    title: 'names an organization of others in the metadata',
    level: 'contract',
    needs: ['foreign'],
    behaviour: information({ Keywords: 'Gyrfalcon Reinsurance' }),
  },
  {
    id: 'attachment-with-foreign',
    title: 'attaches a list of organizations of others',
    level: 'contract',
    needs: ['foreign'],
    behaviour: adding(({ document }) =>
      document.file(Buffer.from('Peregrine Capital;611\nMerlin Securities;187\n'), {
        name: 'usage.csv',
        creationDate: new Date(0),
        modifiedDate: new Date(0),
      }),
    ),
  },
  {
    id: 'page-without-text',
    title: 'begins with a page that is empty',
    level: 'advice',
    behaviour: {
      layout: (sheet, content) => {
        sheet.page()
        blocks(sheet, content)
      },
      style: { footer: () => '' },
    },
  },
  {
    id: 'title-page-only',
    title: 'sends the title and no organization',
    level: 'contract',
    behaviour: {
      layout: (sheet, content) => {
        sheet.page()
        title(sheet, content)
      },
    },
  },
])

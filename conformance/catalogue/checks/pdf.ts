import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import type { DownloadOperation } from '../../operations/download-operation.ts'
import type { Body, ProblemCode, Structure } from '../../pdf/structure/structure.ts'
import { SetupError } from '../../setup-error.ts'
import { assertEqual } from '../assertions/assertions.ts'
import { privateAddress } from '../assertions/internals.ts'
import { isZeroDate } from '../assertions/zero-dates.ts'
import type { Check, Level, Mutation } from '../check.ts'
import { withBody } from '../mutations/mutations.ts'
import { classic, incremental, twoPages } from '../mutations/pdf-samples.ts'
import { PdfFile, stream } from '../mutations/pdf-writer.ts'
import type { Source } from '../sources.ts'

async function structureOf(target: Target, { documents }: RunContext): Promise<Structure> {
  const { body } = await target.request()
  return documents.structure(body)
}

/** The parts of a file that is a PDF at all: PDF-001 is the check that fails where it is none. */
async function partsOf(target: Target, context: RunContext): Promise<Body> {
  const { body, problems } = await structureOf(target, context)
  if (!body)
    throw new SetupError(`the export is no PDF: ${problems[0]?.message ?? 'its structure cannot be read'}`)
  return body
}

/** A statement on the bytes of the file, broken by problems of these codes. */
function without(
  operation: DownloadOperation,
  id: Check['id'],
  level: Level,
  title: string,
  source: Source,
  codes: ProblemCode[],
  mutations: Check['mutations'],
): Check {
  return {
    id,
    title,
    level,
    source,
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { problems } = await structureOf(target, context)
      const found = problems.filter(({ code }) => codes.includes(code)).map(({ message }) => message)
      assert.ok(found.length === 0, found.join('; '))
    },
    mutations,
  }
}

/** The bytes of the export changed, read and written as Latin-1 so that nothing else is lost. */
const edited = (title: string, change: (text: string) => string): Mutation =>
  withBody(title, (body) => Buffer.from(change(body.toString('latin1')), 'latin1'))

/** Another file in place of the export. */
const replaced = (title: string, make: () => Buffer | PdfFile): Mutation =>
  withBody(title, () => {
    const file = make()
    return file instanceof PdfFile ? file.bytes : file
  })

const trailer = '/Size 9 /Root 1 0 R /Info 8 0 R'
const withCatalog = (entries: string) => () => classic(entries)
const withObject = (position: number, body: string) => () =>
  new PdfFile().objects(twoPages().with(position - 1, body)).table(trailer)

const withXmp = (elements: string) =>
  new PdfFile()
    .objects([
      ...twoPages('/Metadata 9 0 R'),
      stream('/Type /Metadata /Subtype /XML', `<x:xmpmeta><rdf:RDF>${elements}</rdf:RDF></x:xmpmeta>`, false),
    ])
    .table('/Size 10 /Root 1 0 R')

/** A file that names the first organization of others. */
const naming = (title: string, make: (name: string) => PdfFile): Mutation => ({
  title: `${title} names an organization of others`,
  response: (response, _, { profile }) => ({
    ...response,
    body: make(profile.foreignOrganizations?.find(({ name }) => /^[ -'*-~]{5,}$/.test(name))?.name ?? '')
      .bytes,
  }),
})

/** The document's metadata without the time and the program of its creation. */
const nameless = (info: Record<string, string> = {}) =>
  Object.entries(info).filter(([key]) => !/^(?:Producer|Creator|CreationDate|ModDate)$/.test(key))

const triggers = new Set(['JavaScript', 'Launch', 'RichMedia', 'XFA', 'OpenAction', 'AdditionalActions'])
/** Paths and names of the machine that made a file, and addresses of people. */
const internals = [
  /(?<![\w.:/-])\/(?:home|Users|tmp|var|srv|root|opt|usr|app|build|builds|workspace|runner)\/[^\s<>"]*/,
  /\bfile:\/\/[^\s<>"]*/,
  /(?<!\w)[A-Z]:\\[^\s<>"]*/,
  /\blocalhost\b|(?:\/\/|@)\d{1,3}(?:\.\d{1,3}){3}\b/,
  /(?<![\w.+-])[\w.+-]+@[\w-]+\.\w+/,
]

/** What an XMP packet says, in elements and attributes, without its names. */
const valuesOfXmp = (xmp: string) =>
  xmp
    .replaceAll(/<\?[^>]{0,200}\?>|\bxmlns:[\w.-]{1,50}="[^"]{0,200}"/g, '')
    .replaceAll(/<\/?[\w:.-]{1,100}/g, ' ')

const requests = new Set(['SubmitForm', 'ImportData', 'ExternalStream'])

/** The file as bytes: whole, sound, and harmless to open. */
export const pdf = (operation: DownloadOperation): Check[] => [
  {
    id: 'PDF-001',
    title: 'The export is a PDF file that opens, with at least one page',
    level: 'contract',
    source: 'report#a-document-that-opens',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { body, problems } = await structureOf(target, context)
      const found = problems.filter(({ severity }) => severity === 'broken').map(({ message }) => message)
      assert.ok(found.length === 0, `the export is no usable PDF: ${found.join('; ')}`)
      assert.ok(body && body.pages.found > 0, 'the export has no page')
    },
    mutations: [
      withBody('HTML', () => '<!doctype html><p>Please sign in'),
      withBody('the word that mocks make of a binary string', () => 'string'),
      withBody('base64', (body) => body.toString('base64')),
      withBody('half of the file', (body) => body.subarray(0, body.length / 2)),
      withBody('a file that went through a text decoder', (body) => body.toString('utf8')),
      replaced('a file that needs a password', () =>
        new PdfFile()
          .objects(twoPages())
          .table(
            `${trailer} /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`,
          ),
      ),
      replaced('a file without pages', withObject(2, '<< /Type /Pages /Kids [] /Count 0 >>')),
    ],
  },
  without(
    operation,
    'PDF-002',
    'http',
    'No byte of the file was changed on its way',
    'iso32000#7.3.8',
    ['decoded-as-text', 'line-endings'],
    [
      withBody('read and written as UTF-8', (body) => body.toString('utf8')),
      withBody('read as Latin-1 and written as UTF-8', (body) => body.toString('latin1')),
      replaced('LF became CR LF', () =>
        Buffer.from(classic().toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
      ),
    ],
  ),
  without(
    operation,
    'PDF-003',
    'http',
    'The file begins with the header of a version that exists',
    'iso32000#7.5.2',
    ['header', 'not-a-pdf', 'empty'],
    [
      edited('a blank line before the header', (text) => `\r\n${text}`),
      edited('PDF 3.0', (text) => text.replace(/%PDF-\d\.\d/, '%PDF-3.0')),
    ],
  ),
  without(
    operation,
    'PDF-004',
    'advice',
    'The line after the header marks the file as binary',
    'iso32000#7.5.2',
    ['binary-marker'],
    [edited('a marker of letters', (text) => text.replace(/^(%PDF-\d\.\d\r?\n%)[^\r\n]{4}/, '$1abcd'))],
  ),
  without(
    operation,
    'PDF-005',
    'http',
    'The file ends with its end-of-file marker',
    'iso32000#7.5.5',
    ['end-of-file', 'cut-off', 'joined-files'],
    [
      edited('no marker', (text) => text.replace(/%%EOF\s*$/, '')),
      edited('HTML after the marker', (text) => `${text}<script>1</script>`),
      edited('the file twice', (text) => text + text),
      withBody('half of the file', (body) => body.subarray(0, body.length / 2)),
    ],
  ),
  without(
    operation,
    'PDF-006',
    'http',
    'The cross-reference leads to every object',
    'iso32000#7.5.4',
    ['start-xref', 'cross-reference', 'trailer'],
    [
      edited('startxref points elsewhere', (text) => text.replace(/startxref\s+\d+/, 'startxref\n7')),
      replaced('offsets are off by three', () =>
        new PdfFile().objects(twoPages()).table(trailer, undefined, 3),
      ),
      replaced('the trailer counts too few', () =>
        new PdfFile().objects(twoPages()).table('/Size 3 /Root 1 0 R'),
      ),
    ],
  ),
  without(
    operation,
    'PDF-007',
    'http',
    'Catalog and page tree are sound, and each page has a size',
    'iso32000#7.7',
    ['catalog', 'page-tree', 'media-box'],
    [
      replaced(
        'a wrong count',
        withObject(2, '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 5 /MediaBox [0 0 595 842] >>'),
      ),
      replaced('no MediaBox', withObject(2, '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>')),
      replaced(
        'no area',
        withObject(2, '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 0 0] >>'),
      ),
      replaced('a catalog that is none', withObject(1, '<< /Type /Pages /Kids [] >>')),
    ],
  ),
  without(
    operation,
    'PDF-008',
    'http',
    'Every stream is as long as it says and decodes',
    'iso32000#7.3.8',
    ['stream-length', 'stream-data', 'syntax'],
    [
      replaced('a wrong length', withObject(6, stream('', 'BT ET').replace(/\/Length \d+/, '/Length 4'))),
      replaced(
        'data that does not decode',
        withObject(6, stream('/Filter /FlateDecode', 'no deflate at all', false)),
      ),
    ],
  ),
  {
    id: 'PDF-009',
    title: 'Nothing in the file runs, opens or fetches by itself',
    level: 'advice',
    source: 'report#nothing-in-it-acts',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { activeContent, externalReferences } = await partsOf(target, context)
      const found = [
        ...activeContent.filter(({ kind }) => triggers.has(kind)).map(({ kind }) => kind),
        ...externalReferences
          .filter(
            ({ kind, target }) => requests.has(kind) || /^\s*(?:javascript|vbscript|data):/i.test(target),
          )
          .map(({ kind, target }) => `${kind} ${target}`),
      ]
      assert.ok(found.length === 0, `the file holds ${[...new Set(found)].join(', ')}`)
    },
    mutations: [
      replaced('a script on opening', withCatalog('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>')),
      replaced('a program on opening', withCatalog('/OpenAction << /S /Launch /F (calc.exe) >>')),
      replaced('an address on opening', withCatalog('/OpenAction << /S /URI /URI (https://example.com) >>')),
      replaced('a form that is submitted', withCatalog('/X << /S /SubmitForm /F (https://example.com) >>')),
      replaced('a script in a link', withCatalog('/X << /S /URI /URI (javascript:alert\\(1\\)) >>')),
      replaced('an XFA form', withCatalog('/AcroForm << /Fields [] /XFA (x) >>')),
    ],
  },
  {
    id: 'PDF-010',
    title: 'The file has no attachments',
    level: 'advice',
    source: 'report#only-these-organizations',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { attachments } = await partsOf(target, context)
      assertEqual(attachments.length, 0, 'the number of attachments')
    },
    mutations: [
      replaced('a file inside', () =>
        new PdfFile()
          .objects([
            ...twoPages('/Names << /EmbeddedFiles << /Names [(data.csv) 9 0 R] >> >>'),
            '<< /Type /Filespec /F (data.csv) /EF << /F 10 0 R >> >>',
            stream('/Type /EmbeddedFile', 'a,b'),
          ])
          .table('/Size 11 /Root 1 0 R'),
      ),
    ],
  },
  {
    id: 'PDF-011',
    title: 'The document has a title, names its language and is tagged',
    level: 'advice',
    source: 'report#readable-by-assistive-technology',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { metadata, language, isMarked, hasStructureTree } = await partsOf(target, context)
      const missing = [
        ...(metadata.info.Title?.trim() || metadata.xmp?.includes('<dc:title') ? [] : ['a title']),
        ...(language ? [] : ['a language']),
        ...(isMarked && hasStructureTree ? [] : ['tags']),
      ]
      assert.ok(missing.length === 0, `the document lacks ${missing.join(', ')}`)
    },
    mutations: [
      replaced('no tags', withCatalog('')),
      replaced('no title', () => new PdfFile().objects(twoPages()).table('/Size 9 /Root 1 0 R')),
    ],
  },
  {
    id: 'PDF-012',
    title: 'Fonts are embedded, or among those that every reader has',
    level: 'advice',
    source: 'iso32000#9.6',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { fonts } = await partsOf(target, context)
      const missing = fonts.filter(
        ({ isEmbedded, isStandard14, subtype }) => !isEmbedded && !isStandard14 && subtype !== 'Type3',
      )
      assert.ok(missing.length === 0, `not embedded: ${missing.map(({ name }) => name).join(', ')}`)
    },
    mutations: [
      replaced(
        'a font of the maker’s machine',
        withObject(5, '<< /Type /Font /Subtype /TrueType /BaseFont /ComicSansMS >>'),
      ),
    ],
  },
  {
    id: 'PDF-013',
    title: 'The dates in the file are well-formed, and not in the future',
    level: 'http',
    source: 'iso32000#7.9.4',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { metadata } = await partsOf(target, context)
      const tomorrow = Date.now() + 24 * 3600 * 1000
      for (const { place, raw, isWellFormed, instant } of metadata.dates) {
        assert.ok(isWellFormed, `${place} is no date: ${raw}`)
        assert.ok(
          instant === undefined || Date.parse(instant) < tomorrow,
          `${place} is in the future: ${raw}`,
        )
      }
    },
    mutations: [
      replaced('a date in words', withObject(8, '<< /CreationDate (yesterday) >>')),
      replaced('a date to come', withObject(8, '<< /CreationDate (D:20990101000000Z) >>')),
    ],
  },
  {
    id: 'PDF-014',
    title: 'The file holds no earlier revision that says something else',
    level: 'advice',
    source: 'report#only-these-organizations',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { revisions, isSigned } = await partsOf(target, context)
      if (isSigned || revisions.length === 1) return
      const { body } = await target.request()
      const saidBy = async (bytes: Buffer) => [
        await context.documents.lines(bytes),
        nameless((await context.documents.structure(bytes)).body?.metadata.info),
      ]
      const now = await saidBy(body)
      for (const { end } of revisions.slice(0, -1))
        assert.ok(
          isDeepStrictEqual(await saidBy(body.subarray(0, end)), now),
          `the first ${end} of ${body.length} bytes are a document that says something else`,
        )
    },
    mutations: [replaced('an incremental update', incremental)],
  },
  {
    id: 'PDF-015',
    title: 'Metadata and links name no path, host or address of the machine that made the file',
    level: 'advice',
    source: 'asvs#14.2.6',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { metadata, externalReferences } = await partsOf(target, context)
      for (const { target: link } of externalReferences) {
        const [found] = [...internals, privateAddress].flatMap((pattern) => pattern.exec(link)?.[0] ?? [])
        // A link may be one to write to.
        assert.ok(found === undefined || link.startsWith('mailto:'), `a link leads to ${link}`)
      }
      for (const [key, value] of Object.entries(metadata.info)) {
        const [found] = internals.flatMap((pattern) => pattern.exec(value)?.[0] ?? [])
        assert.ok(found === undefined, `${key} of the metadata says ${found}`)
        // Creator and Producer are programs, and four numbers in them a version.
        const address = /^(?:Creator|Producer)$/.test(key) ? null : /\b\d{1,3}(?:\.\d{1,3}){3}\b/.exec(value)
        assert.ok(!address, `${key} of the metadata says ${address?.[0]}`)
      }
      const said = valuesOfXmp(metadata.xmp ?? '')
      const [found] = internals.flatMap((pattern) => pattern.exec(said)?.[0] ?? [])
      assert.ok(found === undefined, `the XMP metadata says ${found}`)
    },
    mutations: [
      replaced(
        'a link to a machine of its network',
        withCatalog('/X << /S /URI /URI (http://10.0.3.17:8080/admin) >>'),
      ),
      replaced('a path in XMP', () =>
        withXmp('<xmpMM:DerivedFrom>/builds/usage/report.html</xmpMM:DerivedFrom>'),
      ),
      replaced('a path', withObject(8, '<< /Title (/home/build/usage.html) >>')),
      replaced('a host', withObject(8, '<< /Author (10.0.3.17) >>')),
      replaced('where it was printed from', withObject(8, '<< /Creator (https://10.0.3.17/print) >>')),
      replaced('an address', withObject(8, '<< /Author (jane@example.com) >>')),
    ],
  },
  {
    id: 'PDF-016',
    title: 'Metadata, attachments and earlier revisions name no organization of others',
    level: 'contract',
    source: 'report#only-these-organizations',
    covers: operation.documented(200),
    needs: ['organizations', 'foreignOrganizations'],
    async run(target, context) {
      const { metadata, attachments, revisions } = await partsOf(target, context)
      const { body } = await target.request()
      const places: [string, string][] = [
        ['the metadata', [...Object.values(metadata.info), metadata.xmp].join('\n')],
        ...attachments.map(({ name, bytes = [] }): [string, string] => [
          `the attachment ${name}`,
          Buffer.from(bytes).toString('utf8'),
        ]),
      ]
      for (const { end } of revisions.slice(0, -1))
        places.push([
          'an earlier revision',
          (await context.documents.lines(body.subarray(0, end))).flat().join('\n'),
        ])
      const own = (await context.organizations()).flatMap(({ id, name }) => [id, name])
      const others = (context.profile.foreignOrganizations ?? [])
        .flatMap(({ id, name }) => [id, name])
        // A text that occurs in an own name, or is too short to differ from a word, proves nothing.
        .filter((one) => one.length >= 5 && !own.some((name) => name.includes(one)))
      for (const [place, text] of places) {
        const found = others.find((one) => text.includes(one))
        assert.ok(found === undefined, `${place} names ${found}, an organization of others`)
      }
    },
    mutations: [naming('the metadata', (name) => withObject(8, `<< /Keywords (${name}) >>`)())],
  },
  without(
    operation,
    'PDF-017',
    'http',
    'Every font in which text is set is one that the file defines',
    'iso32000#9.3.1',
    ['undefined-font'],
    [
      edited('no fonts in the resources', () =>
        classic().toString('latin1').replaceAll('/F1 5 0 R', '/F2 5 0 R'),
      ),
      replaced('a font that is none', withObject(5, '(Helvetica)')),
    ],
  ),
  {
    id: 'PDF-018',
    title: 'No date in the metadata is one that a program failed to fill in',
    level: 'advice',
    source: 'report#no-placeholders',
    covers: operation.documented(200),
    needs: [],
    async run(target, context) {
      const { metadata } = await partsOf(target, context)
      const zero = metadata.dates.find(
        ({ instant }) => instant !== undefined && isZeroDate(new Date(instant)),
      )
      assert.ok(zero === undefined, `${zero?.place} is ${zero?.raw}, which is the zero of a clock`)
    },
    mutations: [
      replaced('the zero of Unix', withObject(8, '<< /CreationDate (D:19700101010000+01) >>')),
      replaced('the zero of .NET', withObject(8, '<< /ModDate (D:00010101000000Z) >>')),
      replaced('the zero of Unix in XMP', () =>
        withXmp('<xmp:CreateDate>1970-01-01T00:00:00Z</xmp:CreateDate>'),
      ),
    ],
  },
]

import type { Behaviour } from '../../behaviour.ts'
import { withFile, withFileText } from '../../behaviours.ts'
import { blocks } from '../../report/blocks.ts'
import type { PdfPage } from '../../report/pdf-page.ts'
import { appendRevision, blanked, firstContentOf, objectIn, textStream } from '../../report/revision.ts'
import { inArea } from '../area.ts'

/** Entries of the document's catalog. */
const withCatalogEntries = (entries: Record<string, unknown>) =>
  withAddition(({ document }) =>
    Object.assign((document as unknown as { _root: { data: object } })._root.data, entries),
  )

/** Adds to the reference document before it is closed. */
const withAddition = (finish: (sheet: PdfPage) => void): Partial<Behaviour> => ({
  layout: (sheet, content) => {
    blocks(sheet, content)
    finish(sheet)
  },
})

/** A link to this address. */
const withLink = (url: string) => withAddition(({ document }) => void document.link(50, 50, 100, 20, url))

/** A PDF string; pdfkit writes plain strings as names. */
const literal = (text: string) => new String(text)

/** Entries of the information dictionary. */
const withInformation = (info: object): Partial<Behaviour> => ({
  options: { info: { Title: 'Statement of use', CreationDate: new Date('2026-03-31'), ...info } },
})

/** Passwords, actions, attachments, metadata, tags, earlier revisions. */
export const features = inArea('pdf', [
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
    behaviour: withCatalogEntries({
      OpenAction: { Type: 'Action', S: 'JavaScript', JS: literal('app.alert("Hello");') },
    }),
  },
  {
    id: 'acts-named-javascript',
    title: 'carries a script under a name',
    level: 'advice',
    behaviour: withAddition(({ document }) => document.addNamedJavaScript('start', 'this.print();')),
  },
  {
    id: 'acts-launch',
    title: 'starts a program when it is opened',
    level: 'advice',
    behaviour: withCatalogEntries({ OpenAction: { Type: 'Action', S: 'Launch', F: literal('calc.exe') } }),
  },
  {
    id: 'acts-uri',
    title: 'opens an address when it is opened',
    level: 'advice',
    behaviour: withCatalogEntries({
      OpenAction: { Type: 'Action', S: 'URI', URI: literal('https://track.example/opened') },
    }),
  },
  {
    id: 'acts-on-print',
    title: 'runs a script before it is printed',
    level: 'advice',
    behaviour: withCatalogEntries({ AA: { WP: { S: 'JavaScript', JS: literal('app.beep(0);') } } }),
  },
  {
    id: 'acts-embedded-program',
    title: 'carries a program as an attachment',
    level: 'advice',
    behaviour: withAddition(({ document }) =>
      document.file(Buffer.from('MZ\u0090\u0000'), {
        name: 'viewer.exe',
        creationDate: new Date(0),
        modifiedDate: new Date(0),
      }),
    ),
  },
  {
    id: 'metadata-date-zero',
    title: 'dates its documents 1 January 1970',
    level: 'advice',
    behaviour: withInformation({ CreationDate: new Date(0), ModDate: new Date(0) }),
  },
  {
    id: 'link-inside',
    title: 'links to a machine that only its network can reach',
    level: 'advice',
    behaviour: withLink('http://10.2.3.4:8080/admin'),
  },
  {
    id: 'link-script',
    title: 'runs a script when a link is followed',
    level: 'advice',
    behaviour: withLink('javascript:app.alert(1)'),
  },
  {
    id: 'metadata-path',
    title: 'names a path of its host in the metadata',
    level: 'advice',
    behaviour: withInformation({ Subject: '/home/deploy/report-service/templates/usage.hbs' }),
  },
  {
    id: 'metadata-credentials',
    title: 'names a database with its password in the metadata',
    level: 'advice',
    behaviour: withInformation({ Keywords: 'postgres://report:s3cret-pass@db.internal:5432/usage' }),
  },
  {
    id: 'metadata-future',
    title: 'says that it was made in ten years',
    level: 'advice',
    behaviour: withInformation({
      CreationDate: new Date(Date.UTC(2099, 0, 1)),
      ModDate: new Date(Date.UTC(2099, 0, 1)),
    }),
  },
  {
    id: 'metadata-date-malformed',
    title: 'writes its date of creation in another format',
    level: 'http',
    behaviour: withFileText((text) => text.replaceAll('(D:20260331000000Z)', '(31 March 2026 0h )')),
  },
  { id: 'untitled', title: 'has no title', level: 'advice', behaviour: withInformation({ Title: '' }) },
  {
    id: 'untagged',
    title: 'has no tags',
    level: 'advice',
    behaviour: withFileText((text) =>
      blanked(text, /\/StructTreeRoot \d+ 0 R/).replace('/Marked true', '/Marked null'),
    ),
  },
  {
    id: 'language-unsaid',
    title: 'does not name its language',
    level: 'advice',
    behaviour: withFileText((text) => blanked(text, /\/Lang \([^)]*\)/g)),
  },
  {
    id: 'revision-with-foreign',
    title: 'keeps organizations of others in an earlier revision',
    level: 'contract',
    needs: ['foreign'],
    behaviour: withFile((pdf, { seedData, workspace }) => {
      const others = workspace === seedData.own ? seedData.foreign : seedData.own
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
    behaviour: withInformation({ Keywords: 'Gyrfalcon Reinsurance' }),
  },
  {
    id: 'attachment-with-foreign',
    title: 'attaches a list of organizations of others',
    level: 'contract',
    needs: ['foreign'],
    behaviour: withAddition(({ document }) =>
      document.file(Buffer.from('Peregrine Capital;611\nMerlin Securities;187\n'), {
        name: 'usage.csv',
        creationDate: new Date(0),
        modifiedDate: new Date(0),
      }),
    ),
  },
])

import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { Behaviour } from '../behaviour.ts'
import type { HostileServer } from '../declaration.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { appendRevision, firstContentOf } from '../report/revision.ts'
import { withBody } from '../response.ts'

/** Made once for each workspace: bombs take long to pack. */
const altering = (alter: (pdf: Buffer) => Buffer) => () => ({ behaviour: { file: remembering(alter) } })

const remembering =
  (alter: (pdf: Buffer) => Buffer): Behaviour['file'] =>
  (pdf, { memory, path }) => {
    const made = (memory.get(`altered ${path}`) as Buffer | undefined) ?? alter(pdf)
    memory.set(`altered ${path}`, made)
    return made
  }

const editing = (edit: (text: string) => string) =>
  altering((pdf) => Buffer.from(edit(pdf.toString('latin1')), 'latin1'))

const stream = (content: Buffer, filter = '/FlateDecode') =>
  Buffer.concat([
    Buffer.from(`<< /Length ${content.length} /Filter ${filter} >>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ])

/** A quarter of a gigabyte. Packed before the first request, which would wait for it. */
const spaces = () => Buffer.alloc(2 ** 28, ' ')

const pagesIn = (pdf: Buffer) => Number(/\/Pages (\d+) 0 R/.exec(pdf.toString('latin1'))?.[1])

/** The largest body that is read by default has a MiB more. */
const almostTooLarge = 49 * 2 ** 20

/** Documents made to harm their reader. */
export const documents: HostileServer[] = [
  {
    id: 'body-49-mib',
    title: 'sends 49 MiB with every report, other ones each time',
    declare: () => ({
      behaviour: {
        file: (pdf) => Buffer.concat([pdf, randomBytes(almostTooLarge - pdf.length)]),
      },
    }),
  },
  {
    id: 'body-49-mib-base64',
    title: 'sends 49 MiB of base64 with every report and refusal, the same each time',
    declare: () => {
      const text = randomBytes(almostTooLarge * 0.7).toString('base64')
      return {
        behaviour: {
          file: (pdf) => Buffer.concat([pdf, Buffer.from(text)]),
          refuse: async (...given) => withBody(await referenceBehaviour.refuse(...given), text),
        },
      }
    },
  },
  {
    id: 'pdf-bomb',
    title: 'sends a document whose page inflates to a quarter of a gigabyte',
    declare: () => {
      const content = stream(deflateSync(spaces()))
      return altering((pdf) => appendRevision(pdf, { [firstContentOf(pdf)]: content }))()
    },
  },
  {
    id: 'pdf-bomb-nested',
    title: 'sends a document whose page is deflated twice',
    declare: () => {
      const content = stream(deflateSync(deflateSync(spaces())), '[/FlateDecode /FlateDecode]')
      return altering((pdf) => appendRevision(pdf, { [firstContentOf(pdf)]: content }))()
    },
  },
  {
    id: 'pdf-page-cycle',
    title: 'sends a document whose page tree is its own child',
    declare: altering((pdf) => {
      const pages = pagesIn(pdf)
      return appendRevision(pdf, {
        [pages]: `<< /Type /Pages /Count 1000000 /Kids [${pages} 0 R ${pages} 0 R] >>`,
      })
    }),
  },
  {
    id: 'pdf-previous-cycle',
    title: 'sends a document whose revisions follow each other in a circle',
    declare: altering((pdf) => {
      const text = pdf.toString('latin1')
      const start = /startxref\n(\d+)/.exec(text)?.[1]
      return Buffer.from(text.replace('trailer\n<<', `trailer\n<< /Prev ${start}`), 'latin1')
    }),
  },
  {
    id: 'pdf-nesting',
    title: 'sends a document with arrays a hundred thousand deep',
    declare: altering((pdf) => appendRevision(pdf, { [pagesIn(pdf)]: '['.repeat(100_000) })),
  },
  {
    id: 'pdf-count-huge',
    title: 'sends a document that claims a billion objects and pages',
    declare: editing((text) =>
      text.replace(/\/Count \d+/, '/Count 999999999').replace(/\/Size \d+/, '/Size 999999999'),
    ),
  },
  {
    id: 'pdf-operators',
    title: 'sends a page of ten million drawing operators',
    declare: () => {
      const content = stream(deflateSync(Buffer.from('q 1 0 0 1 0 0 cm Q\n'.repeat(2_500_000))))
      return altering((pdf) => appendRevision(pdf, { [firstContentOf(pdf)]: content }))()
    },
  },
]

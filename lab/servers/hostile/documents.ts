import { deflateSync } from 'node:zlib'
import type { Behaviour } from '../behaviour.ts'
import type { HostileServer } from '../declaration.ts'
import { appendRevision, firstContentOf } from '../report/revision.ts'

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

/** Documents made to harm their reader. */
export const documents: HostileServer[] = [
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

import { withFileText } from '../../behaviours.ts'
import { blanked } from '../../report/revision.ts'
import { inArea } from '../area.ts'

/** A file structure that a reader has to repair, or cannot. */
export const structure = inArea('pdf', [
  {
    id: 'file-without-header',
    title: 'leaves out the line that names the PDF version',
    level: 'http',
    behaviour: withFileText((text) => text.slice(text.indexOf('\n') + 1)),
  },
  {
    id: 'file-version-unknown',
    title: 'names a PDF version that does not exist',
    level: 'http',
    behaviour: withFileText((text) => text.replace('%PDF-1.7', '%PDF-9.9')),
  },
  {
    id: 'file-without-eof',
    title: 'leaves out the end-of-file marker',
    level: 'http',
    behaviour: withFileText((text) => text.replace(/%%EOF\s*$/, '')),
  },
  {
    id: 'file-startxref-wrong',
    title: 'points beside the cross-reference table',
    level: 'http',
    behaviour: withFileText((text) =>
      text.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) - 77}`),
    ),
  },
  {
    id: 'file-entries-shifted',
    title: 'points beside the objects in the cross-reference table',
    level: 'http',
    behaviour: withFileText((text) =>
      text.replace(/^\d{10}(?= 00000 n)/gm, (at) => String(Number(at) + 9).padStart(10, '0')),
    ),
  },
  {
    id: 'file-without-catalog',
    title: 'names no catalog',
    level: 'contract',
    behaviour: withFileText((text) => blanked(text, /\/Root \d+ 0 R/)),
  },
  {
    id: 'file-length-wrong',
    title: 'states lengths of streams that are too short',
    level: 'http',
    behaviour: withFileText((text) =>
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
    behaviour: withFileText((text) => text.replace(/\/Count (\d)\n/, '/Count 7\n')),
  },
  {
    id: 'pages-without-size',
    title: 'gives pages no area',
    level: 'http',
    behaviour: withFileText((text) =>
      text.replace(/\/MediaBox \[0 0 595.28 841.89\]/g, '/MediaBox [0 0 0.0000 000.00]'),
    ),
  },
])

import { readFileSync } from 'node:fs'
import { withFile, withFileText } from '../behaviours.ts'
import { appendRevision, firstContentOf, objectIn } from '../report/revision.ts'
import { inArea } from './area.ts'

const untagged = {
  tagged: false,
  lang: undefined,
  displayTitle: false,
} as unknown as PDFKit.PDFDocumentOptions

/** The member’s report as another producer wrote it; other workspaces keep the reference report. */
const madeBy = (name: string) =>
  withFile((pdf, { seedData, workspace }) =>
    workspace === seedData.own ? readFileSync(new URL(`../assets/${name}.pdf`, import.meta.url)) : pdf,
  )

const signature =
  '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 840 960 240] /Contents <00> /M (D:20260331000000Z) >>'

/** PDFs of other producers, versions and features. */
export const documents = inArea('pdf', [
  { id: 'version-1-3', title: 'writes PDF 1.3', behaviour: { options: { ...untagged, pdfVersion: '1.3' } } },
  {
    id: 'version-1-4',
    title: 'writes PDF 1.4 with uncompressed streams',
    behaviour: { options: { ...untagged, pdfVersion: '1.4', compress: false } },
  },
  {
    id: 'version-2-0',
    title: 'writes PDF 2.0',
    behaviour: withFileText((text) => text.replace('%PDF-1.7', '%PDF-2.0')),
  },
  {
    id: 'metadata-absent',
    title: 'says nothing of itself',
    behaviour: { options: { ...untagged, info: {} } },
  },
  { id: 'object-streams', title: 'packs objects into streams', behaviour: madeBy('object-streams') },
  { id: 'linearized', title: 'is linearized for the web', behaviour: madeBy('linearized') },
  { id: 'chromium', title: 'is printed by Chromium', behaviour: madeBy('chromium') },
  {
    id: 'owner-password',
    title: 'is encrypted, and opens without a password',
    behaviour: {
      options: {
        ownerPassword: 'owner',
        permissions: { printing: 'highResolution', contentAccessibility: true },
      },
    },
  },
  {
    id: 'incremental',
    title: 'carries an update of itself that changes nothing',
    behaviour: withFile((pdf) => {
      const id = firstContentOf(pdf)
      return appendRevision(pdf, { [id]: objectIn(pdf, id) })
    }),
  },
  {
    id: 'producer-stamped',
    title: 'is stamped with another producer in a later revision',
    behaviour: withFile((pdf) => {
      const id = Number(/\/Info (\d+) 0 R/.exec(pdf.toString('latin1'))?.[1])
      const info = objectIn(pdf, id)
        .toString('latin1')
        .replace(/\/Producer \(.*?\)/, '/Producer (Stamp)')
      return appendRevision(pdf, { [id]: Buffer.from(info, 'latin1') })
    }),
  },
  {
    id: 'signed',
    title: 'carries a signature in a later revision',
    behaviour: withFile((pdf) => appendRevision(pdf, { [sizeOf(pdf)]: signature })),
  },
  {
    id: 'line-end-after',
    title: 'ends with blank lines',
    behaviour: withFile((pdf) => Buffer.concat([pdf, Buffer.from('\r\n\n')])),
  },
])

function sizeOf(pdf: Buffer): number {
  return Number(/\/Size (\d+)/.exec(pdf.subarray(pdf.lastIndexOf('trailer')).toString('latin1'))?.[1])
}

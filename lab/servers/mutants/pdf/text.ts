import { withFileText } from '../../behaviours.ts'
import { blocks, type Layout, title } from '../../report/blocks.ts'
import { outlines, pictures } from '../../report/pictures.ts'
import { blanked } from '../../report/revision.ts'
import { embedded } from '../../report/style.ts'
import { inArea } from '../area.ts'

/** A page with nothing on it. */
const blankPage = pdfOf([
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
])

const withCoveredText: Layout = (sheet, content) => {
  blocks(sheet, content)
  const { document } = sheet
  const { start, count } = document.bufferedPageRange()
  for (let at = start; at < start + count; at++) {
    document.switchToPage(at)
    document.rect(0, 120, document.page.width, document.page.height - 180).fill('#ffffff')
  }
}

/** Pages whose text cannot be seen or extracted. */
export const text = inArea('pdf', [
  {
    id: 'empty-workspace-blank',
    title: 'answers for a workspace without organizations with an empty page',
    level: 'advice',
    needs: ['emptyWorkspace'],
    behaviour: {
      file: (pdf, { workspace }) => (workspace?.organizations.length === 0 ? blankPage : pdf),
    },
  },
  {
    id: 'pages-blank',
    title: 'sends empty pages only',
    level: 'contract',
    behaviour: { layout: (sheet) => sheet.page(), style: { footer: () => '' } },
  },
  {
    id: 'fonts-undefined',
    title: 'sets all text in fonts that no resource defines',
    level: 'contract',
    needs: ['organizations'],
    behaviour: withFileText((text) => text.replaceAll(/\/F([12])(?= \d+ 0 R)/g, '/X$1')),
  },
  {
    id: 'font-of-headings-undefined',
    title: 'sets its headings in a font that no resource defines',
    level: 'http',
    behaviour: withFileText((text) => text.replaceAll(/\/F2(?= \d+ 0 R)/g, '/X2')),
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
    behaviour: { layout: withCoveredText },
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
    behaviour: {
      style: { fonts: embedded },
      ...withFileText((text) => blanked(text, /\/ToUnicode \d+ 0 R/g)),
    },
  },
  {
    id: 'text-font-missing',
    title: 'uses a font that it neither embeds nor may expect',
    level: 'advice',
    behaviour: withFileText((text) => text.replaceAll('/BaseFont /Helvetica\n', '/BaseFont /Frutiger5\n')),
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

/** A PDF of these objects, numbered from 1; the first is the catalog. */
function pdfOf(objects: string[]): Buffer {
  const offsets: number[] = []
  let file = '%PDF-1.7\n'
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const size = objects.length + 1
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
  )
}

import type { Organization } from '../../../fixtures/organization.ts'
import { PdfFile, stream } from './pdf-writer.ts'

const linesOnPage = 46

/**
 * A correct report of a list of organizations, one line for each figure: mutations of the content change its data.
 * `operators` come before those of each line.
 */
export function drawReport(organizations: Organization[], more: string[] = [], operators = ''): Buffer {
  const lines = organizations.flatMap(({ name, usage, limits }) => {
    const types = new Set([
      ...Object.keys(usage.usage),
      ...Object.keys(usage.subtree_usage),
      ...Object.keys(limits),
    ])
    return [
      { x: 60, text: name },
      ...[...types].map((type) => {
        const limit = limits[type] ?? 'none'
        return {
          x: 80,
          text: `${type}: used ${usage.usage[type] ?? 0}, with all below ${usage.subtree_usage[type] ?? 0}, limit ${limit}`,
        }
      }),
    ]
  })
  return drawLines([...lines, ...more.map((text) => ({ x: 60, text }))], operators)
}

/** Lines of text in a standard font, top to bottom, over as many pages as they take. Latin-1 only. */
function drawLines(lines: { x: number; text: string }[], operators: string): Buffer {
  const pages = Array.from({ length: Math.max(Math.ceil(lines.length / linesOnPage), 1) }, (_, page) =>
    lines
      .slice(page * linesOnPage, (page + 1) * linesOnPage)
      .map(
        ({ x, text }, index) =>
          `BT ${operators} /F1 10 Tf ${x} ${790 - index * 16} Td (${escapeText(text)}) Tj ET`,
      )
      .join('\n'),
  )
  const first = 4
  const kids = pages.map((_, index) => `${first + 2 * index} 0 R`)
  const file = new PdfFile().objects([
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    `<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${pages.length} /MediaBox [0 0 595 842] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + 2 * index + 1} 0 R >>`,
      stream('', content),
    ]),
  ])
  return file.table(`/Size ${first + 2 * pages.length} /Root 1 0 R`).bytes
}

/** A table of one type's direct usage on one page, with this total below the column. Latin-1 only. */
export function drawTable(organizations: Organization[], type: string, total: number): Buffer {
  const rows = [
    ['Organization', `${type} used directly`],
    ...organizations.map(({ name, usage }) => [name, String(usage.usage[type] ?? 0)]),
    ['Total', String(total)],
  ]
  const step = Math.min(16, 760 / rows.length)
  const show = (x: number, y: number, text: string) =>
    `BT /F1 ${0.6 * step} Tf ${x} ${y} Td (${escapeText(text)}) Tj ET`
  const shown = rows.flatMap(([name = '', figure = ''], row) => [
    show(60, 800 - row * step, name),
    show(360, 800 - row * step, figure),
  ])
  return drawPage(shown.join('\n'))
}

/** One page that these operators paint. /F1 is a font, /Picture a grey pixel. */
export function drawPage(operators: string): Buffer {
  const pixel =
    '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8'
  const resources = '<< /Font << /F1 3 0 R >> /XObject << /Picture 6 0 R >> >>'
  const file = new PdfFile().objects([
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 595 842] >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Type /Page /Parent 2 0 R /Resources ${resources} /Contents 5 0 R >>`,
    stream('', operators),
    stream(pixel, Buffer.from([128])),
  ])
  return file.table('/Size 7 /Root 1 0 R').bytes
}

const escapeText = (text: string) => text.replaceAll(/[\\()]/g, '\\$&')

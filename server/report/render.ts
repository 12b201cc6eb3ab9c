import { createRequire } from 'node:module'
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { UsageData } from '../../fixtures/workspace.ts'
import { computeFigures, type Figures, type UsageFigures } from './figures.ts'

const require = createRequire(import.meta.url)

/** Draws the usage report. The same data gives the same bytes. */
export async function renderReport(data: UsageData): Promise<Buffer> {
  const pdfmake = require('pdfmake')
  pdfmake.addFonts(require('pdfmake/fonts/Roboto.js'))
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path: string) => path.endsWith('.ttf'))
  return pdfmake.createPdf(definition(data)).getBuffer()
}

function definition(data: UsageData): TDocumentDefinitions {
  const figures = computeFigures(data)
  const { workspace } = data
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [40, 40, 40, 40],
    info: {
      title: `Usage of ${workspace.name}`,
      subject: `Usage by organization as of ${data.asOf}`,
      creationDate: new Date(data.asOf),
    },
    defaultStyle: { font: 'Roboto', fontSize: 9 },
    footer: (page, pages) => ({
      margin: [40, 12, 40, 0],
      columns: [`${workspace.name} · ${data.asOf}`, { text: `Page ${page} of ${pages}`, alignment: 'right' }],
    }),
    content: [
      { text: 'Organization usage', fontSize: 18, bold: true },
      `${workspace.name} · ${workspace.id} · ${workspace.billing_mode} billing`,
      { text: `As of ${data.asOf} · organizations: ${figures.rows.length}`, margin: [0, 0, 0, 12] },
      organizations(figures),
    ],
  }
}

function organizations({ rows, types }: UsageFigures): Content {
  if (rows.length === 0) return 'This workspace has no organizations.'
  const header = [
    'Organization',
    'Type',
    'Direct',
    'Subtree',
    'Limit',
    'Effective limit',
    'Set by',
    'Free',
    'Used',
  ]
  const body = rows.flatMap(({ organization, ancestors, figures }) =>
    types.map((type, at): TableCell[] => [
      { text: at === 0 ? organization.name : '', margin: [ancestors.length * 10, 0, 0, 0] },
      type,
      ...cells(figures[type]!),
    ]),
  )
  return {
    layout: 'lightHorizontalLines',
    table: { headerRows: 1, dontBreakRows: true, body: [header, ...body] },
  }
}

function cells({ direct, subtree, limit, effective, source, free, utilization }: Figures): TableCell[] {
  const by = source?.from === 'ancestor' ? source.organization.name : (source?.from ?? '–')
  const number = (value: number | null) => value?.toLocaleString('en') ?? '–'
  const used = utilization === null ? '–' : `${utilization} %`
  return [number(direct), number(subtree), number(limit), number(effective), by, number(free), used]
}

import type { UsageData } from '../../fixtures/workspace.ts'
import { computeFigures } from './figures.ts'
import { Flow } from './flow.ts'
import { instant } from './numbers.ts'
import { ReportDocument } from './pdf/report-document.ts'
import { drawAccounts } from './sections/accounts.ts'
import { drawAttention } from './sections/attention.ts'
import { drawLegend } from './sections/legend.ts'
import { drawOrganizations } from './sections/organizations.ts'
import { drawSummary } from './sections/summary.ts'
import { typeColumns } from './sections/type-columns.ts'
import { createFaces } from './text/faces.ts'

const faces = createFaces()

/** Draws the usage report of consistent data. The same data gives the same bytes. */
export async function renderReport(data: UsageData): Promise<Buffer> {
  const figures = computeFigures(data)
  const { workspace, asOf } = data
  const names = figures.rows.map(({ organization }) => organization.name)
  const strong = figures.rows
    .filter(({ ancestors }) => ancestors.length === 0)
    .map(({ organization }) => organization.name)
  await faces.prepare([...names, workspace.name, ...data.billingAccounts.map(({ name }) => name), '–’…'], 400)
  await faces.prepare([...strong, workspace.name, '–'], 600)

  const title = `Organization usage of ${workspace.name}`
  const document = new ReportDocument(
    { title, subject: `Usage of workspace ${workspace.id} as of ${instant(asOf)}`, asOf },
    faces,
  )
  const bytes = collect(document)
  const archived = workspace.archived_at ? ' · archived' : ''
  const flow = new Flow(document, `${workspace.name} · ${workspace.id} · as of ${instant(asOf)}${archived}`)
  drawSummary(flow, data, figures)
  drawAccounts(flow, figures)
  drawAttention(flow, figures)
  const tables = typeColumns(document, figures)
  if (figures.rows.length > 0) drawOrganizations(flow, figures, tables)
  drawLegend(flow, figures, tables)
  flow.end()
  document.end()
  return bytes
}

function collect(document: ReportDocument): Promise<Buffer> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
}

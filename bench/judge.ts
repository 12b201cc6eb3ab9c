import { drawReport } from '../conformance/catalogue/mutations/plain-report.ts'
import { judgePdf } from '../conformance/pdf/judge/judge.ts'
import { withDocument } from '../conformance/pdf/pages/open-pdf.ts'
import type { UsageData } from '../fixtures/workspace.ts'
import { renderReport } from '../server/report/render.ts'
import { median } from './median.ts'
import { workspaceOf } from './organizations.ts'
import { load } from './peers/pdfkit.ts'
import { tableOf } from './table.ts'

/**
 * Judging, beside pdf.js's own text extraction of the same file in the same run: `node bench/judge.ts [sizes…]`. Every
 * file is right, so exit code 1 says that one was judged otherwise.
 */
const sizes = process.argv.slice(2).map(Number)
const productTypes = 3

const drawTable = await load()
const layouts: Record<string, (data: UsageData) => Buffer | Promise<Uint8Array>> = {
  'a table': (data) => drawTable(tableOf(data)),
  'a line for each figure': ({ organizations }) => drawReport(organizations),
  'the server’s report': (data) => renderReport(data),
}

async function extractText(bytes: Uint8Array): Promise<void> {
  await withDocument(bytes, async (document) => {
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      await page.getTextContent()
      page.cleanup()
    }
  })
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const rows: Record<string, unknown>[] = []
const wrong: string[] = []
for (const size of sizes.length > 0 ? sizes : [1000, 1000, 2000, 4000]) {
  const data = workspaceOf(size, productTypes)
  const { organizations } = data
  for (const [layout, draw] of Object.entries(layouts)) {
    const bytes = await draw(data)
    const { verdict, pages, findings } = await judgePdf(bytes, { organizations })
    if (verdict !== 'conforming')
      wrong.push(`${layout} of ${size} organizations is ${verdict}: ${findings[0]?.message}`)
    const extraction: number[] = []
    const judging: number[] = []
    // In turns, so that whatever else the machine does falls on both alike.
    for (let run = 0; run < (size > 2000 ? 1 : 5); run += 1) {
      extraction.push(await timeOf(() => extractText(bytes)))
      judging.push(await timeOf(() => judgePdf(bytes, { organizations })))
    }
    const [extractionMs, judgingMs] = [median(extraction), median(judging)]
    rows.push({
      organizations: size,
      layout,
      pages,
      verdict,
      'extraction ms': Math.round(extractionMs),
      'judging ms': Math.round(judgingMs),
      ratio: Number((judgingMs / extractionMs).toFixed(2)),
      'peak MB': Math.round(process.resourceUsage().maxRSS / 1024),
    })
  }
}
console.table(rows)
for (const message of wrong) console.error(message)
if (wrong.length > 0) process.exitCode = 1

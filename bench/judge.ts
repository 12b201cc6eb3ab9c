import { judgePdf } from '../conformance/pdf/judge/judge.ts'
import { withDocument } from '../conformance/pdf/pages/open-pdf.ts'
import type { Organization } from '../fixtures/organization.ts'
import { layouts } from '../lab/judge/corpus/layouts.ts'
import { show } from '../lab/judge/corpus/mutations.ts'
import { organizationsOf } from '../lab/judge/corpus/organizations.ts'
import { wordings } from '../lab/judge/corpus/wordings.ts'
import { renderReport } from '../server/report/render.ts'
import { workspaceOf } from './organizations.ts'

// Judging against pdf.js' own text extraction of the same file in the same run. `node bench/judge.ts [sizes…]`
const sizes = process.argv.slice(2).map(Number)

async function extractText(bytes: Uint8Array): Promise<void> {
  await withDocument(bytes, async (document) => {
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number)
      await page.getTextContent()
      page.cleanup()
    }
  })
}

interface Sample {
  organizations: Organization[]
  bytes: Uint8Array
}

const makers: Record<string, (size: number) => Promise<Sample>> = {
  'table by figure': async (size) => {
    const organizations = organizationsOf(1, size)
    const style = wordings.both!
    return { organizations, bytes: await layouts.byFigure!(show(organizations, style), style) }
  },
  'the server’s report': async (size) => {
    const data = workspaceOf(size)
    return { organizations: data.organizations, bytes: await renderReport(data) }
  },
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!
}

const rows: Record<string, unknown>[] = []
for (const size of sizes.length > 0 ? sizes : [1000, 1000, 2000, 4000])
  for (const [layout, make] of Object.entries(makers)) {
    const { bytes, organizations } = await make(size)
    const { verdict, pages } = await judgePdf(bytes, { organizations })
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
console.table(rows)

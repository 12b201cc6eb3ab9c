import { organizationsOf } from '../conformance/pdf/corpus/data.ts'
import { layouts } from '../conformance/pdf/corpus/layouts.ts'
import { show } from '../conformance/pdf/corpus/showing.ts'
import { styles } from '../conformance/pdf/corpus/styles.ts'
import { withDocument } from '../conformance/pdf/document.ts'
import { judgePdf } from '../conformance/pdf/judge.ts'

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

async function median(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] as number
}

const rows: Record<string, unknown>[] = []
for (const size of sizes.length > 0 ? sizes : [1000, 1000, 2000, 4000]) {
  const organizations = organizationsOf(1, size)
  const style = styles.both!
  const bytes = await layouts.byFigure!(show(organizations, style), style)
  const runs = size > 2000 ? 1 : 3
  const extraction = await median(runs, () => extractText(bytes))
  const { verdict } = await judgePdf(bytes, { organizations })
  const judging = await median(runs, () => judgePdf(bytes, { organizations }))
  rows.push({
    organizations: size,
    verdict,
    'extraction ms': Math.round(extraction),
    'judging ms': Math.round(judging),
    ratio: Number((judging / extraction).toFixed(2)),
    'resident MB': Math.round(process.memoryUsage().rss / 2 ** 20),
  })
}
console.table(rows)

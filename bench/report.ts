import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { renderReport } from '../server/report/render.ts'
import { median } from './median.ts'
import { workspaceOf } from './organizations.ts'
import { type Cells, tableOf } from './table.ts'

// Time to render the same organizations: our report, and a plain table by other libraries. Medians of rounds in which
// each renders once, so that other work on the machine affects all alike.

type Render = () => Promise<{ byteLength: number }>

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000' },
    rounds: { type: 'string', default: '7' },
    types: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const baseline = 'pdfmake, plain table'
const peers: Record<string, () => Promise<{ load(): Promise<(cells: Cells) => Promise<Buffer>> }>> = {
  [baseline]: () => import('./peers/pdfmake.ts'),
  'pdfkit by hand': () => import('./peers/pdfkit.ts'),
  'jsPDF with autotable': () => import('./peers/jspdf.ts'),
  '@react-pdf/renderer': () => import('./peers/react-pdf.ts'),
  'Chromium, print to PDF': () => import('./peers/chromium.ts'),
}

console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, medians of ${values.rounds} rounds\n`,
)
console.log('| organizations | renderer | ms | of plain pdfmake | kB |\n| --- | --- | --- | --- | --- |')
for (const size of values.sizes.split(',').map(Number)) await compare(size)

async function compare(size: number): Promise<void> {
  const data = workspaceOf(size, Number(values.types))
  const cells = tableOf(data)
  const renderers: Record<string, Render> = { 'this report': () => renderReport(data) }
  for (const [name, importPeer] of Object.entries(peers)) {
    if (values.only && name !== baseline && !name.includes(values.only)) continue
    try {
      const render = await (await importPeer()).load()
      renderers[name] = () => render(cells)
    } catch (error) {
      console.error(`${name}: left out, ${(error as Error).message.split('\n')[0]}`)
    }
  }
  const times = new Map<string, number[]>()
  const bytes = new Map<string, number>()
  for (let round = -1; round < Number(values.rounds); round++) {
    for (const [name, render] of Object.entries(renderers)) {
      globalThis.gc?.()
      const start = performance.now()
      bytes.set(name, (await render()).byteLength)
      // The first round is a warm-up.
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), performance.now() - start])
    }
  }
  const unit = median(times.get(baseline)!)
  for (const [name, all] of times) {
    const ms = median(all)
    console.log(
      `| ${size} | ${name} | ${ms.toFixed(0)} | ${(ms / unit).toFixed(2)} | ${(bytes.get(name)! / 1000).toFixed(0)} |`,
    )
  }
}

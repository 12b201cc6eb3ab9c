import { labelOf } from '../../../spec/product-types.ts'
import { ink } from '../bar.ts'
import type { Pool, UsageFigures } from '../figures.ts'
import type { Flow } from '../flow.ts'
import { count, percent } from '../numbers.ts'
import { color, size } from '../style.ts'
import { lineHeight, Table } from '../table.ts'
import { drawHeading } from './heading.ts'

/** With assigned billing: what each billing account grants and what is used of it. */
export function drawAccounts(flow: Flow, { pools, types }: UsageFigures): void {
  if (types.length === 0 || pools.every(({ account }) => account === null)) return
  const { structure } = flow.document
  const section = structure.open('Sect', structure.top)
  drawHeading(flow, section, { text: 'Billing accounts', follow: 50 })
  const names = pools.map(nameOf).map((name) => flow.document.width(name, 400, size.body))
  const table = new Table(flow, section, [
    { title: 'Billing account', align: 'left', width: Math.min(230, Math.max(100, ...names)) },
    { title: 'Organizations', align: 'right', width: 70 },
    { title: 'Type', align: 'left', width: 60 },
    { title: 'Used', align: 'right', width: 60 },
    { title: 'Capacity', align: 'right', width: 60 },
    { title: 'Free', align: 'right', width: 60 },
    { title: 'Utilization', align: 'right', width: 70 },
  ])
  for (const pool of pools) {
    const { organizations, totals } = pool
    const shown = types.filter((type) => totals[type]!.used > 0 || totals[type]!.capacity !== null)
    const top = table.begin(Math.max(1, shown.length) * lineHeight + 3)
    shown.forEach((type, index) => {
      const y = top + index * lineHeight
      const row = table.row()
      const { used, capacity, free, utilization, alarm } = totals[type]!
      const drawn = [
        table.cell(row, 0, index === 0 ? nameOf(pool) : '', y),
        table.cell(row, 1, index === 0 ? count(organizations) : '', y),
        table.cell(row, 2, labelOf(type), y, color.muted),
        table.cell(row, 3, count(used), y),
        table.cell(row, 4, count(capacity), y),
        table.cell(row, 5, count(free), y),
        table.cell(row, 6, percent(utilization), y, ink[alarm ?? 'none'], alarm ? 600 : 400),
      ]
      structure.close(row)
      flow.document.addContent(drawn.join('\n'))
    })
    flow.y = top + shown.length * lineHeight + 3
  }
  table.end()
  structure.close(section)
}

const nameOf = ({ account }: Pool) => account?.name ?? 'without a billing account'

import type { UsageData } from '../fixtures/workspace.ts'
import { computeFigures } from '../server/report/figures.ts'

export type Cells = string[][]

/** The rows of our report as plain cells, for the other libraries: the same organizations and figures. */
export function tableOf(data: UsageData): Cells {
  const { rows, types } = computeFigures(data)
  const head = [
    'Organization',
    'Type',
    'Direct',
    'Subtree',
    'Own limit',
    'Effective limit',
    'Set by',
    'Free',
    'Utilization',
  ]
  const body = rows.flatMap(({ organization, figures }) =>
    types.map((type) => {
      const { direct, subtree, limit, effective, source, free, utilization } = figures[type]!
      const by = source?.from === 'ancestor' ? source.organization.name : (source?.from ?? '-')
      const share = utilization === null ? '-' : `${utilization} %`
      return [
        organization.name,
        type,
        direct,
        subtree,
        limit ?? '-',
        effective ?? '-',
        by,
        free ?? '-',
        share,
      ].map(String)
    }),
  )
  return [head, ...body]
}

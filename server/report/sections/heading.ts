import type { Flow } from '../flow.ts'
import { paragraph } from '../pdf/blocks.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { color, page, size } from '../style.ts'

export const headingHeight = 21
export const gapAbove = 10

interface Heading {
  text: string
  /** What must fit below it on the same page. */
  follow: number
  /** Stands beside it. */
  remark?: string
}

/** A section's heading. */
export function drawHeading(flow: Flow, section: Element, { text, follow, remark }: Heading): void {
  const { structure } = flow.document
  if (flow.y > page.top) flow.y += gapAbove
  flow.ensure(headingHeight + follow)
  const element = structure.open('H2', section)
  const heading = paragraph(element, text, { fontSize: size.heading, bold: true, margin: [0, 0, 0, 3] })
  const beside = remark ? structure.open('P', section) : null
  const note = { fontSize: size.body, color: color.muted, margin: [0, 4.5, 0, 0] } as const
  flow.block({
    columns: [
      { width: 'auto', stack: [heading] },
      ...(beside && remark ? [paragraph(beside, remark, { ...note, margin: [...note.margin] })] : []),
    ],
    columnGap: 10,
  })
  for (const each of [element, beside]) if (each) structure.close(each)
}

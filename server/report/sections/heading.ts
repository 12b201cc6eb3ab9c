import type { Flow } from '../flow.ts'
import { paragraph } from '../pdf/blocks.ts'
import type { Element } from '../pdf/structure-tree.ts'
import { page, size } from '../style.ts'

export const headingHeight = 26

/** A section's heading; `follow` is what must fit below it on the same page. */
export function drawHeading(flow: Flow, section: Element, text: string, follow: number): void {
  const { structure } = flow.document
  if (flow.y > page.top) flow.y += 16
  flow.ensure(headingHeight + follow)
  const element = structure.open('H2', section)
  flow.block(paragraph(element, text, { fontSize: size.heading, bold: true, margin: [0, 0, 0, 5] }))
  structure.close(element)
}

import type { Segment } from '../../pages/page.ts'

/** The cells that are read before one on its line, the nearest first. */
export function cellsBefore({ line, index }: Segment): Segment[] {
  const { segments } = line
  return line.isFromRight ? segments.slice(index + 1) : segments.slice(0, index).reverse()
}

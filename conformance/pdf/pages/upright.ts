import type { Box } from './matrix.ts'
import type { TextLayer } from './page.ts'

/** How text of one direction lies on its page: the angle clockwise, and the page's size. */
export type Orientation = Pick<TextLayer, 'angle' | 'width' | 'height'>

/** From the page as seen to upright coordinates, in which the text runs from left to right. */
export function uprightPoint({ angle, width, height }: Orientation, x: number, y: number): [number, number] {
  if (angle === 90) return [y, width - x]
  if (angle === 180) return [width - x, height - y]
  if (angle === 270) return [height - y, x]
  return [x, y]
}

/** As `uprightPoint`, for a box. */
export function uprightBox(orientation: Orientation, box: Box): Box {
  const [ax, ay] = uprightPoint(orientation, box.x0, box.y0)
  const [bx, by] = uprightPoint(orientation, box.x1, box.y1)
  return { x0: Math.min(ax, bx), y0: Math.min(ay, by), x1: Math.max(ax, bx), y1: Math.max(ay, by) }
}

/** From upright coordinates back to those of the page as seen, top left 0, 0. */
export function onPage({ angle, width, height }: Orientation, { x0, y0, x1, y1 }: Box): Box {
  if (angle === 90) return { x0: width - y1, x1: width - y0, y0: x0, y1: x1 }
  if (angle === 180) return { x0: width - x1, x1: width - x0, y0: height - y1, y1: height - y0 }
  if (angle === 270) return { x0: y0, x1: y1, y0: height - x1, y1: height - x0 }
  return { x0, y0, x1, y1 }
}

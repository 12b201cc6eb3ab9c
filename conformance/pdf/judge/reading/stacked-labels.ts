import type { Line, Segment } from '../../pages/page.ts'
import type { Labels } from '../vocabulary/labels.ts'
import type { Column } from './heads.ts'
import type { Content, Value } from './values.ts'

/** Lines further apart, in sizes of the figure, are no figure and its label. */
const farthest = 2.2

/**
 * The label that stands on a line of its own right above or below a figure: below one that is set large, above where a
 * column is too narrow for both. It is where more figures have one: between two records one of the sides has none.
 */
export function stackedLabels(
  lines: Line[],
  contents: ReadonlyMap<Segment, Content>,
  labels: Labels,
): (value: Value) => Column | null {
  const isFigures = ({ segments }: Line) =>
    segments.some((segment) => contents.get(segment)!.values.length > 0) &&
    segments.every((segment) => contents.get(segment)!.mentions.length === 0)
  const isLabel = (segment: Segment) => {
    const { text, values, mentions } = contents.get(segment)!
    return values.length + mentions.length === 0 && labels.read(text).types.length > 0
  }
  const areLabels = (line: Line | undefined) => line?.segments.every(isLabel) ?? false
  let above = 0
  let below = 0
  for (const [at, line] of lines.entries()) {
    if (!isFigures(line)) continue
    if (areLabels(lines[at - 1])) above += 1
    if (areLabels(lines[at + 1])) below += 1
  }
  const step = above > below ? -1 : 1
  const places = new Map(lines.map((line, at) => [line, at]))
  return ({ line, segment }) => {
    if (step < 0 && !isFigures(line)) return null
    const next = lines[places.get(line)! + step]
    if (next?.layer !== line.layer || Math.abs(next.y - line.y) > farthest * line.size) return null
    const isAlone = step < 0 && next.segments.length + line.segments.length === 2
    const at = next.segments.findIndex((other) => isAlone || (other.x0 < segment.x1 && segment.x0 < other.x1))
    const label = next.segments[at]
    if (!label || !isLabel(label)) return null
    const { text } = contents.get(label)!
    const nth = next.segments.slice(0, at).filter((other) => contents.get(other)!.text === text).length
    const { words, x0, x1, y0, y1 } = label
    return { leaf: text, nth, groups: [], box: { text, words, size: next.size, x0, x1, y0, y1 } }
  }
}

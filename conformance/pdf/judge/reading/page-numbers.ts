import type { Line, Segment } from '../../pages/page.ts'
import { pageNumber } from '../vocabulary/vocabulary.ts'

/** Numbers that pages bear, and no figures: `Page 3`, `3 / 12`, or `3` alone. */
export function pageNumbersIn(lines: Line[], pageCount: number): Set<Segment> {
  const found = new Set<Segment>()
  /** Bare numbers beside other words where pages may have their number, and whether they are it. */
  const besides = new Map<Segment, boolean>()
  for (const line of lines)
    for (const segment of line.segments) {
      const text = segment.text
      const isOwn = isPageNumber(text, line, pageCount)
      if (line.segments.length > 1 && /^\d+$/.test(text)) {
        if (isOutermost(line)) besides.set(segment, isOwn)
      } else if (isOwn) found.add(segment)
    }
  // "Lk 2 / 3" in an unknown word numbers a page where another page has its number in the same words.
  const words = Map.groupBy(
    [...found].filter(({ text }) => isWorded(text)),
    ({ text }) => wordsOf(text),
  )
  for (const own of words.values()) if (own.length === 1 && pageCount > 1) found.delete(own[0]!)
  // Beside other words a bare number is the page's where other pages have their own in the same place, and nothing else.
  for (const [segment, isOwn] of besides) {
    const same = isOwn ? [...besides].filter(([other]) => isSamePlace(segment, other)) : []
    if (same.length > 0 && same.every(([, isTheirs]) => isTheirs)) found.add(segment)
  }
  return found
}

/** Whether letters stand beside the number, and none that are known to number pages. */
const isWorded = (text: string) => /\p{L}/u.test(text) && !pageNumber.test(text)

const wordsOf = (text: string) => text.replace(/\d+/g, '#')

function isSamePlace({ line, x1 }: Segment, other: Segment): boolean {
  if (line.layer.page === other.line.layer.page) return false
  return Math.abs(line.y - other.line.y) < 3 && Math.abs(x1 - other.x1) < 20
}

const isOutermost = (line: Line) => line === line.layer.lines[0] || line === line.layer.lines.at(-1)

function isPageNumber(text: string, line: Line, pageCount: number): boolean {
  if (!/\d/.test(text) || text.length > 40 || line.segments.length > 3) return false
  // 4,007 on the fourth of seven pages is one number.
  const match = /^\D{0,14}?(\d+)(?:(?![.,’']\d)\D{1,8}([1-9]\d*))?\D{0,3}$/u.exec(text)
  if (!match || Number(match[1]) !== line.layer.page) return false
  const { lines } = line.layer
  const others = line.segments.map((each) => each.text).filter((other) => other !== text)
  if (others.some((other) => /^[\d.,%—-]+$/u.test(other))) return false
  const at = lines.indexOf(line)
  // A bare number beside a label is a figure, but for the outermost lines.
  const reach = others.length > 0 && /^\d+$/.test(text) ? 0 : 2
  if (at > reach && at < lines.length - 1 - reach) return false
  if (match[2]) return Number(match[2]) === pageCount
  // Nor is one of several numbers that stand alone.
  const outer = at < lines.length / 2 ? lines.slice(0, at) : lines.slice(at + 1)
  if (/^\d+$/.test(text) && outer.some(({ segments }) => segments.some((each) => /^\d+$/.test(each.text))))
    return false
  if (pageNumber.test(text)) return true
  // A number alone is none where another line says "Page 1".
  const ends = [...lines.slice(0, 3), ...lines.slice(-3)].flatMap(({ segments }) => segments)
  return /^[^\p{L}\p{N}]*\d+[^\p{L}\p{N}]*$/u.test(text) && !ends.some((each) => pageNumber.test(each.text))
}

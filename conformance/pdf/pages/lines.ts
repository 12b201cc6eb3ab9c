import type { Line, Segment, TextLayer, Word } from './read-pages.ts'

/** Pieces that continue each other are one word; words on one baseline a line; a wide gap or a rule parts segments. */
export function groupIntoLines(plane: TextLayer, pieces: Word[]): Line[] {
  pieces.sort((a, b) => a.y - b.y || a.x0 - b.x0)
  const rows: Word[][] = []
  for (const piece of pieces) {
    const row = rows.at(-1)
    const head = row?.[0]
    if (row && head && piece.y - head.y < 0.3 * Math.min(head.size, piece.size)) row.push(piece)
    else rows.push([piece])
  }
  const uprights = plane.rules.flatMap((rule) =>
    rule.x1 - rule.x0 < 2.5
      ? [{ x: (rule.x0 + rule.x1) / 2, y0: rule.y0, y1: rule.y1 }]
      : [
          { x: rule.x0, y0: rule.y0, y1: rule.y1 },
          { x: rule.x1, y0: rule.y0, y1: rule.y1 },
        ],
  )
  const bands = new Map<number, { x: number; y0: number; y1: number }[]>()
  for (const rule of uprights) {
    if (rule.y1 - rule.y0 < 5) continue
    for (let key = Math.floor(rule.y0 / 20); key <= Math.floor(rule.y1 / 20) && key < 1000; key += 1) {
      const band = bands.get(key)
      if (band) band.push(rule)
      else bands.set(key, [rule])
    }
  }
  return rows.map((row) => {
    row.sort((a, b) => a.x0 - b.x0)
    const words: Word[] = []
    for (const piece of row) {
      const last = words.at(-1)
      if (!last) {
        words.push({ ...piece })
        continue
      }
      const size = Math.max(last.size, piece.size)
      const gap = (piece.x0 - last.x1) / size
      const twice = last.text === piece.text && Math.abs(last.x0 - piece.x0) < 0.12 * size
      if (twice) continue
      if (gap < 0.13 && gap > -0.5) {
        last.text += piece.text
        last.x1 = Math.max(last.x1, piece.x1)
        last.unmapped += piece.unmapped
      } else words.push({ ...piece, gap })
    }
    const line = {
      plane,
      segments: [] as Segment[],
      y: words[0]!.y,
      size: Math.max(...words.map((word) => word.size)),
      x0: words[0]!.x0,
      x1: words.at(-1)!.x1,
      y0: Math.min(...words.map((word) => word.y0)),
      y1: Math.max(...words.map((word) => word.y1)),
    }
    const rules = (bands.get(Math.floor((line.y - line.size * 0.3) / 20)) ?? []).filter(
      (rule) => rule.y0 < line.y - line.size * 0.3 && rule.y1 > line.y - line.size * 0.3,
    )
    const wide = Math.min(0.72, Math.max(0.48, 1.9 * usualGap(words)))
    for (const word of words) {
      const segment = line.segments.at(-1)
      const last = segment?.words.at(-1)
      const apart =
        !last ||
        word.gap > wide ||
        // A long text that runs into the next column ends where that one's begins.
        word.gap < -1 ||
        (word.gap > 0.1 && rules.some((rule) => rule.x > last.x1 - 0.5 && rule.x < word.x0 + 0.5))
      if (segment && !apart) {
        segment.words.push(word)
        segment.x1 = word.x1
      } else {
        line.segments.push({
          words: [word],
          line,
          index: line.segments.length,
          x0: word.x0,
          x1: word.x1,
          y0: line.y0,
          y1: line.y1,
        })
      }
    }
    for (const segment of line.segments) readRightToLeft(segment)
    return line
  })
}

/** Between most words of a line, in its size; no wide gap where there are few. */
function usualGap(words: Word[]): number {
  const gaps = words
    .slice(1)
    .map(({ gap }) => gap)
    .filter((gap) => gap > 0 && gap <= 0.72)
    .sort((a, b) => a - b)
  return gaps.length < 3 ? 0.72 : gaps[Math.floor((gaps.length - 1) / 2)]!
}

const rightToLeft = /(?!\p{N})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u

/** Words of right-to-left scripts lie in the file as they stand on the page; turn runs of them into reading order. */
function readRightToLeft(segment: Segment): void {
  const { words } = segment
  if (!words.some((word) => rightToLeft.test(word.text))) return
  let start = 0
  while (start < words.length) {
    if (!rightToLeft.test(words[start]!.text)) {
      start += 1
      continue
    }
    let end = start
    for (let i = start + 1; i < words.length; i += 1) {
      if (rightToLeft.test(words[i]!.text)) end = i
      else if (/\p{L}/u.test(words[i]!.text)) break
    }
    const run = words.slice(start, end + 1).reverse()
    for (const word of run) if (rightToLeft.test(word.text)) word.text = [...word.text].reverse().join('')
    words.splice(start, run.length, ...run)
    start = end + 1
  }
}

import { remembered } from '../remembered.ts'
import { groupIntoLines } from './lines.ts'
import { union } from './matrix.ts'
import { boxOf, type DrawnWord, type HiddenText, type Page, type TextLayer } from './page.ts'
import type { FilledArea, PageContent, TextRun } from './page-content.ts'
import { joinRotatedHeadings } from './rotated-headings.ts'
import { onPage, uprightBox, uprightPoint } from './upright.ts'
import { withoutWatermarks } from './watermarks.ts'
import { joinWrappedCells } from './wrapped-cells.ts'

/** Puts what is drawn on a page in reading order: layers by direction, lines, words; hidden text apart. */
export function arrangePage(
  { number, width, height }: Pick<Page, 'number' | 'width' | 'height'>,
  content: PageContent,
): Page {
  const { runs, areas, rules, images, outlines, undrawn } = content
  const visible = runs.filter(({ hidden }) => hidden === null)
  const layers = [...Map.groupBy(visible, angleOf)]
    .filter(([angle]) => angle % 90 === 0)
    .map(([angle, own]): TextLayer => {
      const orientation = { angle, width, height }
      const words = own.map((run) => uprightWord(run, orientation))
      const drawn = [...rules, ...areas.filter(isCellLike)].map((box) => uprightBox(orientation, box))
      return groupIntoLines({ page: number, ...orientation, rules: drawn }, withoutWatermarks(words))
    })
    .toSorted((a, b) => b.lines.length - a.lines.length)
  return {
    number,
    width,
    height,
    layers: joinRotatedHeadings(layers).map(joinWrappedCells),
    hidden: joinHidden(runs.flatMap((run) => hiddenText(run, { number, width, height }))),
    glyphs: visible.reduce((sum, { text }) => sum + [...text].length, 0),
    unmapped: visible.reduce((sum, run) => sum + run.unmapped, 0),
    images,
    outlines,
    isBlank:
      images + outlines + runs.length === 0 &&
      (undrawn > 0 || [areas, rules].every(({ length }) => length === 0)),
  }
}

function isCellLike(area: FilledArea): boolean {
  return area.y1 - area.y0 > 6 && area.x1 - area.x0 > 6
}

/** In degrees, 0 to 360; whole only at the four right angles, which text that is nearly so is taken to be at. */
function angleOf({ from, to }: TextRun): number {
  const degrees = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI
  const nearest = Math.round(degrees / 90) * 90
  const angle = Math.abs(degrees - nearest) < 3 ? nearest : Math.round(degrees) + 0.5
  return (angle + 360) % 360
}

function uprightWord(
  run: TextRun,
  { angle, width, height }: Pick<TextLayer, 'angle' | 'width' | 'height'>,
): DrawnWord {
  const orientation = { angle: angle % 90 === 0 ? angle : 0, width, height }
  const [x0, y] = uprightPoint(orientation, ...run.from)
  const [x1] = uprightPoint(orientation, ...run.to)
  const { size, unmapped, spaced } = run
  return { text: once(run.text), x0, x1, y, size, font: inSize(run.font)(size), unmapped, gap: 0, spaced }
}

/** One text for all words that read the same: most words of a report stand in it many times. */
const once = remembered((text: string) => text, 10_000)

/** One text for all words of a font in a size: a report has a hundred thousand words. */
const inSize = remembered(
  (font: string) => remembered((size: number) => `${font}/${size.toFixed(1)}`, 100),
  100,
)

function hiddenText(
  run: TextRun,
  { number, width, height }: Pick<Page, 'number' | 'width' | 'height'>,
): HiddenText[] {
  if (run.hidden === null) return []
  const orientation = { angle: angleOf(run), width, height }
  const box = onPage(orientation, boxOf(uprightWord(run, orientation)))
  return [{ page: number, text: run.text, why: run.hidden, box }]
}

/** Neighbours on one line that are hidden for the same reason become one text. */
function joinHidden(texts: HiddenText[]): HiddenText[] {
  const joined: HiddenText[] = []
  for (const each of texts) {
    const last = joined.at(-1)
    if (last && last.why === each.why && Math.abs(last.box.y1 - each.box.y1) < 1)
      joined[joined.length - 1] = {
        ...last,
        text: `${last.text} ${each.text}`,
        box: union([last.box, each.box]),
      }
    else joined.push(each)
  }
  return joined
}

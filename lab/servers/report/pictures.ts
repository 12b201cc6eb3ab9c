import { fileURLToPath } from 'node:url'
import { blocks, type Layout } from './blocks.ts'

const picture = (page: number) => fileURLToPath(new URL(`../assets/page-${page}.png`, import.meta.url))

/** The baseline's pages for the member's workspace, as a scanner would have them. */
export const pictures: Layout = (sheet, content) => {
  if (content.entries.length === 0) return blocks(sheet, content)
  for (const page of [1, 2]) {
    sheet.page()
    sheet.document.image(picture(page), 0, 0, { width: sheet.document.page.width })
  }
}

interface Glyph {
  path: { toSVG(): string }
}
interface Outlined {
  _font: {
    font: { unitsPerEm: number; layout(text: string): { glyphs: Glyph[]; positions: { xAdvance: number }[] } }
  }
  _fontSize: number
}

/** The baseline's layout with letters as filled shapes: it looks the same, and nothing can be extracted. */
export const outlines: Layout = (sheet, content) => {
  const { document } = sheet
  const height = () => document.currentLineHeight(true)
  const draw = (text: string, x: number, y: number, options: { width: number; align?: string }) => {
    const { _font, _fontSize } = document as unknown as Outlined
    const { glyphs, positions } = _font.font.layout(text)
    const scale = _fontSize / _font.font.unitsPerEm
    const width = positions.reduce((sum, { xAdvance }) => sum + xAdvance * scale, 0)
    let left = options.align === 'right' ? x + options.width - width : x
    for (const [index, glyph] of glyphs.entries()) {
      document.save().translate(left, y + height() * 0.8)
      document.scale(scale, -scale).path(glyph.path.toSVG()).fill().restore()
      left += (positions[index]?.xAdvance ?? 0) * scale
    }
    document.y = y + height()
    return document
  }
  Object.assign(document, { text: draw })
  blocks(sheet, content)
}

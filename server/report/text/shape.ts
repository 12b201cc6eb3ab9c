import createBidi, { type Bidi } from 'bidi-js'
import type { Face, Faces, Weight } from './faces.ts'
import type { Glyph } from './glyph.ts'
import { type Cluster, clustersOf, codeOf, isPlain } from './legible.ts'

export type Run = { face: Face; glyphs: Glyph[] } | { face: Face; mark: string; text: string }

/** A text as runs in reading order; the glyphs of a run stand from left to right. */
export interface Shaped {
  runs: Run[]
  /** Indices of `runs` from left to right. */
  order: number[]
  /** The text, where the glyphs do not spell it one by one in reading order. */
  actual: string | null
  isRightToLeft: boolean
}

const bidi = (createBidi as unknown as () => Bidi)()
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u

/** Chooses fonts, orders directions and shapes. */
export function shape(text: string, weight: Weight, faces: Faces): Shaped {
  const plain = faces.plain(weight)
  if (isPlain(text)) {
    const runs = [{ face: plain, glyphs: layoutPlain(text, plain) }]
    return { runs, order: [0], actual: null, isRightToLeft: false }
  }
  const clusters = clustersOf(text)
  const spelled = clusters.map((cluster) => cluster.text).join('')
  const isRightToLeft = rightToLeft.test(spelled)
  const levels = isRightToLeft ? levelsOf(clusters, spelled) : null
  const spans = spansOf(clusters, levels, (cluster) => faces.faceOf(cluster, text, weight), plain)
  const runs = spans.map(runOf)
  const isSpelled =
    !isRightToLeft &&
    runs.every((run) =>
      'mark' in run
        ? !/\p{Mn}|\p{Co}|\p{Cn}/u.test(run.text)
        : run.glyphs.every((glyph) => glyph.text !== unread),
    )
  return {
    runs,
    order: reorder(spans.map(({ level }) => level)),
    actual: isSpelled ? null : spelled,
    isRightToLeft,
  }
}

interface Span {
  face: Face
  text: string
  clusters: string[]
  level: number
  mark: string | null
}

function levelsOf(clusters: Cluster[], spelled: string): Uint8Array {
  const { levels } = bidi.getEmbeddingLevels(spelled)
  const ofCluster = new Uint8Array(clusters.length)
  let at = 0
  clusters.forEach((cluster, index) => {
    // A mark without text stands where the reader is: on the level of what precedes it.
    ofCluster[index] = cluster.text ? levels[at]! : (ofCluster[index - 1] ?? levels[0] ?? 0)
    at += cluster.text.length
  })
  return ofCluster
}

function spansOf(
  clusters: Cluster[],
  levels: Uint8Array | null,
  faceOf: (cluster: string) => Face | null,
  plain: Face,
): Span[] {
  const spans: Span[] = []
  const add = (text: string, level: number, mark: string | undefined) => {
    const last = spans.at(-1)
    const continues = last && last.mark === null && last.level === level && mark === undefined
    // A space in the font of the words beside it does not break the run.
    const face = continues && text === ' ' && hasSpace(last.face) ? last.face : faceOf(text)
    if (mark !== undefined) spans.push({ face: plain, text, clusters: [], level, mark })
    else if (continues && last.face === face) {
      last.text += text
      last.clusters.push(text)
    } else if (face) spans.push({ face, text, clusters: [text], level, mark: null })
    else if ([...text].length > 1) for (const char of text) add(char, level, undefined)
    else spans.push({ face: plain, text, clusters: [], level, mark: codeOf(text) })
  }
  clusters.forEach(({ text, mark }, index) => {
    add(text, levels?.[index] ?? 0, mark)
  })
  return spans
}

// An emoji font has one as wide as its pictures.
const hasSpace = ({ id, font }: Face) => !id.startsWith('noto-emoji') && font.hasGlyphForCodePoint(0x20)

/** Rule L2 of the bidirectional algorithm: from the highest level down, reverse what stands on it or above. */
function reorder(levels: number[]): number[] {
  const order = levels.map((_, index) => index)
  for (let level = Math.max(0, ...levels); level >= 1; level--) {
    for (let start = 0; start < order.length; start++) {
      let end = start
      while (end < order.length && levels[order[end]!]! >= level) end++
      if (end === start) continue
      order.splice(start, end - start, ...order.slice(start, end).reverse())
      start = end
    }
  }
  return order
}

/** The text of a glyph that spells nothing: readers leave a zero-width space out. */
export const unread = '\u200b'

function runOf({ face, text, clusters, level, mark }: Span): Run {
  if (mark !== null) return { face, mark, text }
  if (level % 2 === 1) return { face, glyphs: spellReversed(layout(mirror(text), face, 'rtl'), text, face) }
  const glyphs = layout(text, face, 'ltr')
  if (glyphs.map((glyph) => glyph.text).join('') === text && glyphs.every((glyph) => glyph.text))
    return { face, glyphs }
  return { face, glyphs: clusters.flatMap((cluster) => spell(layout(cluster, face, 'ltr'), cluster, face)) }
}

/**
 * Spells right-to-left text, whose letters stand from left to right as they are seen: a letter stands for
 * its points as well, and they, too, are read from the far end.
 */
function spellReversed(glyphs: Glyph[], text: string, face: Face): Glyph[] {
  const logical = glyphs.toReversed()
  if (logical.map((glyph) => glyph.text).join('') !== mirror(text)) return spell(glyphs, text, face)
  let rest = text
  const letters: Glyph[] = []
  const spelled = logical.map((glyph) => {
    const own = rest.slice(0, glyph.text.length)
    rest = rest.slice(own.length)
    const isLetter = own !== '' && (letters.length === 0 || !/^\p{Mn}/u.test(own))
    const result = { ...glyph, text: isLetter ? own : unread }
    if (isLetter) letters.push(result)
    else letters.at(-1)!.text = own + letters.at(-1)!.text
    return result
  })
  return spelled.reverse()
}

/**
 * Spells a text with glyphs that do not follow its characters one by one: each glyph that takes room gets
 * a letter, and what stands between letters is spelled by blanks of no width.
 */
function spell(glyphs: Glyph[], text: string, { font }: Face): Glyph[] {
  const blank = blankOf(font)
  const parts = text.match(/\P{Mn}\p{Mn}*/gu) ?? []
  if (!blank || parts.join('') !== text) {
    return glyphs.map((glyph, index) => ({ ...glyph, text: index === 0 ? text : unread }))
  }
  let wide = glyphs.filter(({ advance }) => advance > 0).length
  return glyphs.flatMap((glyph): Glyph[] => {
    if (glyph.advance === 0 || parts.length === 0) return [{ ...glyph, text: unread }]
    wide -= 1
    const [letter, ...rest] = wide === 0 ? parts.splice(0).join('') : parts.shift()!
    const spelled = { ...glyph, text: letter! }
    if (rest.length === 0) return [spelled]
    return [spelled, { id: blank.id, text: rest.join(''), advance: 0, width: 0, dx: 0, dy: 0 }]
  })
}

/** A glyph without ink or width; in some fonts the joiners have ink. */
function blankOf(font: Face['font']): { id: number } | undefined {
  return [0x200b, 0x200c, 0x200d]
    .filter((codePoint) => font.hasGlyphForCodePoint(codePoint))
    .map((codePoint) => font.glyphForCodePoint(codePoint))
    .find((glyph) => glyph.advanceWidth === 0 && glyph.path.commands.length === 0)
}

function mirror(text: string): string {
  return [...text].map((char) => bidi.getMirroredCharacter(char) ?? char).join('')
}

interface GlyphCache {
  _glyphs: Record<number, unknown>
}

/** Words repeat, so each is shaped once. */
function layoutPlain(text: string, face: Face): Glyph[] {
  return text.split(/(?<= )/).flatMap((word) => {
    let glyphs = face.words.get(word)
    if (!glyphs) {
      if (face.words.size >= wordsKept) face.words.clear()
      glyphs = layout(word, face, 'ltr')
      face.words.set(word, glyphs)
    }
    return glyphs
  })
}

const wordsKept = 20_000

function layout(text: string, { font }: Face, direction: 'ltr' | 'rtl'): Glyph[] {
  const scale = 1000 / font.unitsPerEm
  let { glyphs, positions } = font.layout(text, undefined, undefined, undefined, direction)
  // Of plain text each character has its glyph, unless some were joined.
  const isOneByOne = isPlain(text) && glyphs.length === text.length
  if (!isOneByOne) {
    // fontkit remembers with each glyph the characters that it first stood for; it must look again.
    ;(font as unknown as GlyphCache)._glyphs = {}
    ;({ glyphs, positions } = font.layout(text, undefined, undefined, undefined, direction))
  }
  return glyphs.map((glyph, index) => {
    const { xAdvance, xOffset, yOffset } = positions[index]!
    return {
      id: glyph.id,
      text: isOneByOne ? text[index]! : String.fromCodePoint(...glyph.codePoints),
      advance: xAdvance * scale,
      width: glyph.advanceWidth * scale,
      dx: xOffset * scale,
      dy: yOffset * scale,
    }
  })
}

import * as fontkit from 'fontkit'
import { type FontFile, familiesFor, filesOf } from './families.ts'
import { fontInstance, plainFile, type Weight } from './font-instance.ts'
import type { Glyph } from './glyph.ts'
import { type Cluster, clustersOf, isPlain } from './legible.ts'

export type { Weight } from './font-instance.ts'

/** A font file at one weight, ready to shape. */
export interface Face {
  id: string
  /** The TrueType file. */
  bytes: Buffer
  font: fontkit.Font
  /** Words that have been shaped. */
  words: Map<string, Glyph[]>
}

/** Which faces the clusters of a text stand in. `faceOf` gives null where no shipped font has the characters. */
export interface Faces {
  /** Opens whatever fonts these texts need. */
  prepare(texts: Iterable<string>, weight: Weight): Promise<void>
  plain(weight: Weight): Face
  faceOf(cluster: string, text: string, weight: Weight): Face | null
}

const emoji = /^\p{RGI_Emoji}$/v
// The exact test takes long to compile, and few texts need it.
const isEmoji = (cluster: string) =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u.test(cluster) && emoji.test(cluster)

/** Opens each font once: opening one takes longer than setting a page in it. */
export function createFaces(): Faces {
  const open = new Map<string, Promise<Face>>()
  const chosen = new Map<string, Face | null>()
  const plain = new Map<Weight, Face>()

  const openFace = (file: FontFile, weight: Weight): Promise<Face> => {
    const id = `${file.id}-${weight}`
    const known = open.get(id)
    if (known) return known
    const opening = fontInstance(file, weight).then((bytes) => ({
      id,
      bytes,
      font: fontkit.create(bytes) as fontkit.Font,
      words: new Map<string, Glyph[]>(),
    }))
    open.set(id, opening)
    return opening
  }

  const choose = async (cluster: string, families: string[], weight: Weight): Promise<Face | null> => {
    const needed = [...cluster]
      .filter((char) => !/\u200c|\u200d|[\ufe00-\ufe0f]/.test(char))
      .map((char) => char.codePointAt(0)!)
    let best: { face: Face; glyphs: number } | null = null
    for (const family of families) {
      for (const file of filesOf(family)) {
        if (!needed.every((codePoint) => file.covers(codePoint))) continue
        const face = await openFace(file, weight)
        if (!needed.every((codePoint) => face.font.hasGlyphForCodePoint(codePoint))) continue
        const glyphs = needed.length === 1 ? 1 : face.font.layout(cluster).glyphs.length
        // Several files hold the parts of an emoji sequence; one holds the picture of the whole.
        if (glyphs === 1 || family !== 'noto-emoji') return face
        if (!best || glyphs < best.glyphs) best = { face, glyphs }
      }
    }
    return best?.face ?? null
  }

  return {
    async prepare(texts, weight) {
      plain.set(weight, await openFace(plainFile, weight))
      const unplain = [...texts].filter((text) => !isPlain(text))
      // Texts are put together (a way through the hierarchy): each cluster may stand in the order of any.
      const orders = new Map(unplain.map((text) => [familiesFor(text, false).join(), text]))
      const clusters = new Set(unplain.flatMap((text) => clustersOf(text).flatMap(drawn)))
      for (const cluster of clusters) {
        for (const text of orders.values()) {
          const families = familiesFor(text, isEmoji(cluster))
          const key = keyOf(cluster, families, weight)
          if (!chosen.has(key)) chosen.set(key, await choose(cluster, families, weight))
          if (chosen.get(key)) continue
          for (const char of cluster) {
            const part = keyOf(char, families, weight)
            if (!isPlain(char) && !chosen.has(part)) chosen.set(part, await choose(char, families, weight))
          }
        }
      }
    },
    plain: (weight) => plain.get(weight)!,
    faceOf(cluster, text, weight) {
      if (isPlain(cluster)) return plain.get(weight)!
      return chosen.get(keyOf(cluster, familiesFor(text, isEmoji(cluster)), weight)) ?? null
    },
  }
}

const drawn = ({ text, mark }: Cluster) => (mark !== undefined || isPlain(text) ? [] : [text])

const keyOf = (cluster: string, families: string[], weight: Weight) =>
  `${cluster} ${families.join()} ${weight}`

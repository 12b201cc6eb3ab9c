import type { Organization } from '../../../../fixtures/organization.ts'
import { inReadingOrderFromRight, isRightToLeft } from '../../pages/bidi.ts'
import { type Line, type Page, Segment, type TextLayer, textOf, type Word } from '../../pages/page.ts'
import { keyOf } from './normalize.ts'

/** Shorter names are found in any order. */
const fewestLetters = 4

/**
 * The pages with each text that mixes directions in the order that shows more of the names: nothing in a PDF says
 * whether it runs from the left or from the right as a whole.
 */
export function inOrderOfNames(pages: Page[], organizations: readonly Pick<Organization, 'name'>[]): Page[] {
  const names = organizations.map(({ name }) => keyOf(name)).filter(({ length }) => length >= fewestLetters)
  return pages.map((page) => ({ ...page, layers: page.layers.map((layer) => turned(layer, names)) }))
}

function turned(layer: TextLayer, names: string[]): TextLayer {
  const words = new Map<Segment, Word[]>()
  for (const { segments } of layer.lines)
    for (const segment of segments) {
      const order = isMixed(segment) ? orderOfNames(segment.words, names) : segment.words
      if (order !== segment.words) words.set(segment, order)
    }
  if (words.size === 0) return layer
  const copy: TextLayer = { ...layer, lines: [] }
  copy.lines = layer.lines.map((source) => {
    const line: Line = { ...source, layer: copy, segments: [] }
    line.segments = source.segments.map(
      (each, index) => new Segment(words.get(each) ?? each.words, line, index),
    )
    return line
  })
  return copy
}

function orderOfNames(words: Word[], names: string[]): Word[] {
  const fromRight = inReadingOrderFromRight(words)
  const namesIn = (order: Word[]) => {
    const key = keyOf(textOf(order))
    return names.filter((name) => key.includes(name)).length
  }
  return namesIn(fromRight) > namesIn(words) ? fromRight : words
}

function isMixed({ words }: Segment): boolean {
  const count = words.filter(({ text }) => isRightToLeft(text)).length
  return count > 0 && count < words.length
}

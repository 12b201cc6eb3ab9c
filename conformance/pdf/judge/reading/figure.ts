import type { Labels } from '../vocabulary/labels.ts'
import type { Figure } from '../vocabulary/vocabulary.ts'
import type { Column } from './heads.ts'
import type { Flow, Value } from './values.ts'

/** In `12 / 50`: which part a value is; empty where it stands alone. */
export type Ratio = '' | 'first' | 'second'

/** The words around a value, by where they stand. */
export interface Parts {
  own: string
  tail: string
  lead: string
  rowLabel: string
  column: Column | null
  at: number
  content: Flow
}

/** What the words around a value say it is a figure of, the nearest first; null where none says so. */
export function figureOf(value: Value, parts: Parts, ratio: Ratio, labels: Labels): Figure | null {
  if (value.kind === 'percent') return 'other'
  const { own, tail, lead, rowLabel, column, content } = parts
  const heads = [own, ...(ratio ? [lead] : []), rowLabel, column?.leaf ?? '', ...(column?.groups ?? [])]
  const tailFigures = labels.read(tail).figures
  if (ratio === 'second') return 'limit'
  if (ratio === 'first') {
    for (const head of heads) {
      const found = labels.read(head).figures.filter(({ what }) => what === 'direct' || what === 'subtree')
      if (found.length > 0) return found[0]!.what
    }
    return 'usage'
  }
  const said = pick(labels.read(own).figures.map(({ what }) => what))
  if (said && said !== 'usage') return said
  const following = pick(tailFigures.map(({ what }) => what))
  if (following) return said === 'usage' && following === 'limit' ? said : following
  if (said) return said
  for (const head of heads.slice(1)) {
    const figures = labels.read(head).figures.map(({ what }) => what)
    if (figures.length === 0) continue
    const isRatioHead =
      figures.includes('limit') && figures.some((figure) => figure !== 'limit' && figure !== 'other')
    if (isRatioHead) {
      const usage = figures.find((figure) => figure === 'direct' || figure === 'subtree')
      const numbers = content.values.filter(({ kind }) => kind !== 'percent')
      return numbers.indexOf(value) === 0 || numbers.length < 2 ? (usage ?? 'usage') : 'limit'
    }
    const found = pick(figures)
    if (found) return found
  }
  return value.kind === 'unlimited' || value.kind === 'zero' ? 'limit' : null
}

/** `other` outweighs all ("free of limit"), then what is more telling than mere usage. */
function pick(figures: Figure[]): Figure | null {
  for (const figure of ['other', 'direct', 'subtree', 'limit', 'usage'] as const)
    if (figures.includes(figure)) return figure
  return null
}

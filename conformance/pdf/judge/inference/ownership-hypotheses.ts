import type { TextLayer } from '../../pages/page.ts'
import { anchorSets } from '../layout/anchors.ts'
import { DividedPages, explains, layouts } from '../reading/divide.ts'
import type { ExpectedFigures } from '../reading/expectation.ts'
import type { Understood } from '../reading/read.ts'
import { bounds } from '../weights.ts'
import type { OwnershipHypothesis } from './ownership-hypothesis.ts'
import { shiftsOf } from './shifted.ts'

/** The ways to say whose the quantities are that explain most of the sampled pages; that by labels is one of them. */
export function hypotheses(
  labelled: Understood,
  sample: TextLayer[],
  context: ExpectedFigures,
): OwnershipHypothesis[] {
  const byLayer = new Map(labelled.ownerships.map((ownership) => [ownership.layer, ownership]))
  const usual: OwnershipHypothesis = {
    name: 'labelled',
    anchors: labelled.anchors,
    shift: undefined,
    divide: (layers) => layers.flatMap((layer) => byLayer.get(layer) ?? []),
  }
  const candidates = [...anchorSets(labelled, context)].flatMap(([set, anchors]) => {
    const pages = new DividedPages(anchors, labelled)
    return layouts.map((layout): OwnershipHypothesis => {
      const name = `${set}/${layout.mode}/${layout.align}/${layout.columns}`
      const divide = (layers: TextLayer[]) => pages.divide(layers, layout).ownerships
      return { name, anchors, shift: undefined, divide }
    })
  })
  const shifted = candidates
    .filter(({ name }) => shiftable.has(name))
    .flatMap((each) => shiftsOf(each, sample))
  return [
    usual,
    ...best(candidates, bounds.hypotheses - 1, sample, context),
    ...best(shifted, 1, sample, context),
  ]
}

/** Tables with a name a line, and lists of names with lines below each: the layouts in which rows can be shifted. */
const shiftable = new Set(['labelled/row/top/1', 'labelled/block/top/1', 'all/row/top/1', 'all/block/top/1'])

function best(
  candidates: OwnershipHypothesis[],
  most: number,
  sample: TextLayer[],
  context: ExpectedFigures,
): OwnershipHypothesis[] {
  return candidates
    .map((hypothesis) => {
      const ownerships = hypothesis.divide(sample)
      return { hypothesis, score: ownerships.reduce((sum, each) => sum + explains(each, context), 0) }
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ hypothesis }) => hypothesis)
}

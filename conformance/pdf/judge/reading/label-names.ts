import type { Organization } from '../../../../fixtures/organization.ts'
import type { Labels } from '../vocabulary/labels.ts'
import { summary } from '../vocabulary/vocabulary.ts'
import { stretchBox } from './anchor-candidates.ts'
import type { Mention } from './names.ts'
import { spelling } from './normalize.ts'
import { textIn } from './segment-key.ts'

/**
 * An organization may be called "Users" or "Total". Of the places where such a word stands it names the organization
 * where other names stand: set as they are, at an edge where they begin. Elsewhere it is a label.
 */
export function withoutLabels(mentions: Mention[], organizations: Organization[], labels: Labels): Mention[] {
  const isLabelLike = ({ kind, candidates }: Mention) =>
    kind === 'name' && candidates.every((at) => readsAsLabel(organizations[at]!.name, labels))
  const ambiguous = mentions.filter(isLabelLike)
  if (ambiguous.length === 0) return mentions
  const others = mentions.filter((each) => each.kind === 'name' && !ambiguous.includes(each))
  const places = others.map(placeOf)
  if (places.length < 2) return mentions
  // What stands in one place far more often than names do is what the figures there are called.
  const usual = median([...Map.groupBy(others, nameOf).values()].map(({ length }) => length))
  const often = new Set(
    [...Map.groupBy(ambiguous, (each) => `${nameOf(each)}@${placeKey(each)}`).values()]
      .filter(({ length }) => length > 2 * usual + 1)
      .flat(),
  )
  const standsAsName = (each: Mention) => {
    const place = placeOf(each)
    return (
      !often.has(each) &&
      isSpelled(each, organizations) &&
      places.some(
        (other) =>
          other.font === place.font && other.isFirst === place.isFirst && Math.abs(other.x - place.x) < 3,
      )
    )
  }
  const names = new Set(ambiguous.filter(standsAsName))
  const named = new Set([...names].flatMap(({ candidates }) => candidates))
  // Where it stands nowhere as a name, nothing tells the two apart.
  return mentions.filter(
    (each) => !ambiguous.includes(each) || names.has(each) || each.candidates.some((at) => !named.has(at)),
  )
}

const nameOf = ({ candidates }: Mention) => candidates.join()

function placeKey(mention: Mention): string {
  const { font, x } = placeOf(mention)
  return `${font}/${Math.round(x / 3)}`
}

function median(counts: number[]): number {
  return counts.sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
}

/** Whether a name is nothing but the word for a type, a figure or a sum. */
function readsAsLabel(name: string, labels: Labels): boolean {
  return (!/\s/.test(name.trim()) && summary.test(name)) || labels.isAll(name)
}

function isSpelled({ candidates, stretches }: Mention, organizations: Organization[]): boolean {
  const text = stretches.map(textIn).join('')
  const isCapitals = text === text.toUpperCase()
  return isCapitals || candidates.some((at) => spelling(organizations[at]!.name) === spelling(text))
}

function placeOf(mention: Mention): { font: string; x: number; isFirst: boolean } {
  const [first] = mention.stretches
  return {
    font: first.segment.words[first.from]!.font,
    x: stretchBox(first).x0,
    isFirst: first.start === 0,
  }
}

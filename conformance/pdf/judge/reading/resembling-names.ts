import type { Organization } from '../../../../fixtures/organization.ts'
import { letterDistance } from '../../../../spec/edit-distance.ts'
import type { Segment } from '../../pages/page.ts'
import type { Mention } from './names.ts'
import { keyOf } from './normalize.ts'
import { type Stretch, textIn } from './segment-key.ts'

/**
 * Scripts whose letters merge and change places when they are drawn. Fonts seldom say what such glyphs stand for, so
 * that extraction loses letters, and adds or moves others.
 */
const shapedLetters =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}]/gu

const comparedLetters = new RegExp(`${shapedLetters.source}|[a-z\\d]{2,}`, 'gu')

/** Share of the letters that agree in a name that was extracted so, and how far the next best one has to stay behind. */
const leastAlike = 0.5
const clearlyLess = 0.15

/** The gap that a lost glyph leaves, in ems. */
const lostGlyph = 1.5

/** More cells than that are compared with no name: time is bounded. */
const mostCells = 5000

/** Where names in such scripts stand that are found nowhere as they are written. */
export function findResembling(
  segments: readonly Segment[],
  organizations: readonly Pick<Organization, 'name'>[],
  found: readonly Mention[],
): Mention[] {
  const names = found.filter(({ kind }) => kind === 'name')
  const named = new Set(names.flatMap(({ candidates }) => candidates))
  const missing = organizations
    .map(({ name }, at) => ({ at, letters: lettersOf(name) }))
    .filter(({ at, letters }) => letters.length > 2 && !named.has(at) && isShaped(organizations[at]!.name))
  if (missing.length === 0) return []
  const taken = new Set(names.flatMap(({ stretches }) => stretches.map(({ segment }) => segment)))
  return segments
    .filter((segment) => !taken.has(segment))
    .slice(0, mostCells)
    .flatMap((segment): Mention[] => {
      const readings = readingsOf(segment).flatMap((stretches) => {
        const best = mostAlike(stretches, missing)
        return best ? [{ stretches, ...best }] : []
      })
      const [best] = readings.sort((a, b) => b.alike - a.alike)
      if (!best) return []
      const { at, stretches } = best
      const length = stretches.reduce((sum, { start, end }) => sum + end - start, 0)
      return [{ kind: 'name', candidates: [at], stretches, length, isCut: false }]
    })
}

interface Missing {
  at: number
  letters: string
}

/** The name that a text resembles clearly more than any other. */
function mostAlike(stretches: Stretch[], missing: Missing[]): { at: number; alike: number } | null {
  const text = stretches.map((part) => lettersOf(textIn(part))).join('')
  if (text.length < 2) return null
  const [best, second] = missing
    .map(({ at, letters }) => ({ at, alike: alikeness(text, letters) }))
    .sort((a, b) => b.alike - a.alike)
  const isClear = best!.alike >= leastAlike && best!.alike - (second?.alike ?? 0) >= clearlyLess
  return isClear ? best! : null
}

/** The words that may be a name: those a cell begins with, and these with the next ones, as a lost glyph leaves a gap. */
function readingsOf(segment: Segment): [Stretch, ...Stretch[]][] {
  const first = leadOf(segment)
  if (!first) return []
  const next = segment.line.segments[segment.index + 1]
  const isWhole = first.end === segment.text.length
  const rest = isWhole && next && next.words[0]!.gap < lostGlyph ? leadOf(next) : null
  return rest ? [[first], [first, rest]] : [[first]]
}

const isShaped = (text: string) => text.search(shapedLetters) >= 0

/** The letters of such scripts, and words of Latin letters and digits: one alone is often a misread glyph. */
const lettersOf = (text: string) => (keyOf(text).match(comparedLetters) ?? []).join('')

/** The words in such scripts that a cell begins with, up to its figures. */
function leadOf(segment: Segment): Stretch | null {
  const text = segment.text
  const start = text.search(shapedLetters)
  if (start < 0) return null
  const rest = text.slice(start)
  const stop = rest.search(/(?<=\s)[\d(](?!\p{L})|[:;–—|]/u)
  const end = start + rest.slice(0, stop < 0 ? undefined : stop).trimEnd().length
  const wordAt = (offset: number) => text.slice(0, offset).split(' ').length - 1
  return { segment, from: wordAt(start), to: wordAt(end), start, end }
}

/** 1 for the same letters; 0 for the beginning of a name, which is cut off and not misread; its last letter may be lost. */
function alikeness(text: string, name: string): number {
  if (text.length < name.length - 1 && name.startsWith(text)) return 0
  return 1 - letterDistance(text, name) / Math.max(text.length, name.length)
}

import type { ExpectedFigures } from '../reading/expectation.ts'
import { fold } from '../reading/normalize.ts'
import { organizationsOf } from '../reading/passages.ts'
import type { Understood } from '../reading/read.ts'
import type { Value } from '../reading/values.ts'
import type { Finding } from './finding.ts'

/** Limits of 0 that seem to be missing where a word that is not known may say them. */
export function mayBeWords(
  findings: Finding[],
  understood: Understood,
  context: ExpectedFigures,
): Set<Finding> {
  const zeros = findings.filter(
    ({ kind, expected, found = '' }) => kind === 'missing-limit' && expected === '0' && !/\d/.test(found),
  )
  if (zeros.length === 0) return new Set()
  const said = saidToBeZero(understood, context)
  const ids = new Set([...said].map((at) => context.organizations[at]!.id))
  // The only dash beside words that say that there is no limit may say 0.
  const words = understood.placed.filter(
    ({ value: { kind }, cellAddress: { id } }) =>
      understood.roles.get(id)?.role === 'limit' && kind !== 'number',
  )
  const dashes = words.filter(({ value }) => value.kind === 'dash').map(({ value }) => value.text)
  const only = dashes.length === 1 && words.length > 1 ? dashes[0] : undefined
  return new Set(
    zeros.filter(
      ({ organization, found }) => ids.has(organization!) || (only !== undefined && found === only),
    ),
  )
}

/**
 * The organizations whose limit of 0 a word may say that is not known: one in their records, and in none without such a
 * limit. By index.
 */
function saidToBeZero(understood: Understood, { organizations }: ExpectedFigures): Set<number> {
  const words = wordsOfRecords(understood)
  const hasZero = (at: number) => Object.values(organizations[at]!.limits).includes(0)
  const others = new Set([...words].flatMap(([at, own]) => (hasZero(at) ? [] : [...own])))
  return new Set(
    [...words].flatMap(([at, own]) =>
      hasZero(at) && [...own].some((word) => !others.has(word)) ? [at] : [],
    ),
  )
}

/** The words beside the figures of each organization, or in the lines from its name to the next one, that are neither names nor read as figures. */
function wordsOfRecords({ lines, passages, contents, placed, roles }: Understood): Map<number, Set<string>> {
  const isRead = new Set(
    placed.filter(({ cellAddress }) => roles.has(cellAddress.id)).map(({ value }) => placeOf(value)),
  )
  const owners = Map.groupBy(passages, ({ anchor }) => anchor.line)
  const organizationOf = organizationsOf(passages)
  const beside = new Map(placed.map(({ owner, value }) => [value.segment, organizationOf(owner)]))
  const words = new Map<number, Set<string>>()
  let current: number[] = []
  let layer = lines[0]?.layer
  for (const line of lines) {
    if (line.layer !== layer) current = []
    layer = line.layer
    const named = owners.get(line)?.flatMap(({ organization }) => organization ?? [])
    if (named) current = named
    for (const segment of line.segments) {
      const { text, mentions, values } = contents.get(segment)!
      const known = beside.get(segment)
      const own = typeof known === 'number' ? [known] : current
      const read = values.filter((value) => value.kind !== 'word' || isRead.has(placeOf(value)))
      const taken = [...mentions, ...read.map(({ start, end }): [number, number] => [start, end])]
      for (const { index, 0: word } of text.matchAll(/[\p{L}\p{M}]+/gu)) {
        if (taken.some(([from, to]) => index < to && from < index + word.length)) continue
        for (const at of own) words.set(at, (words.get(at) ?? new Set()).add(fold(word)))
      }
    }
  }
  return words
}

const placeOf = ({ line, x0 }: Value) => `${line.layer.page}/${line.y}/${x0}`

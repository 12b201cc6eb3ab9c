import type { ExpectedFigures } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import type { Understood } from '../reading/read.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'
import { type Finding, nameFinding, placeOf } from './finding.ts'

/** Names that came out as question marks or boxes, with the organization whose figures stand beside them. */
export function nameGarbled(
  garbled: RecordAnchor[],
  missing: number[],
  understood: Understood,
  facts: ExpectedFigures,
): { findings: Finding[]; explained: Set<number> } {
  const explained = new Set<number>()
  const findings = garbled.map((anchor): Finding => {
    const left = missing.filter((at) => !explained.has(at))
    const alike = left.filter((at) => isMangled(anchor.text, facts.organizations[at]!.name))
    const scored = (alike.length > 0 ? alike : left)
      .map((at) => ({ at, score: agreementOf(anchor, at, understood, facts) }))
      .sort((a, b) => b.score - a.score)
    const [best, second] = scored
    const sure = best && (scored.length === 1 || (best.score > 0 && best.score > (second?.score ?? 0) + 0.5))
    const { text: found } = anchor
    if (!sure) {
      const place = placeOf(anchor)
      const message = `The report shows "${found}" where an organization's name should stand (page ${place.page})`
      return { kind: 'unreadable-text', found, message, ...place }
    }
    explained.add(best.at)
    const how = `shows "${found}" in place of the name`
    return nameFinding('unreadable-text', facts.organizations[best.at]!, { ...anchor, found }, how)
  })
  return { findings, explained }
}

/** How well the figures beside a text agree with those of an organization: above 0 where they do. */
export function agreementOf(
  anchor: RecordAnchor,
  at: number,
  { placed, roles }: Understood,
  facts: ExpectedFigures,
): number {
  const own = placed.flatMap(({ owner, cellAddress, value }) => {
    const assigned = owner === anchor ? roles.get(cellAddress.id) : undefined
    return assigned ? [{ value, assigned }] : []
  })
  return facts.likeness(own, at)
}

/** Question marks, boxes, replacement and control characters in place of letters. */
export function isGarbled(text: string): boolean {
  const letters = [...text].filter((char) => !/\s/.test(char))
  const bad = letters.filter((char) =>
    /[?\u0000-\u001f\u007f-\u009f\ufffd\u25a0-\u25a1\u25af\u2b1c\ue000-\uf8ff]/u.test(char),
  )
  return bad.length >= 2 && bad.length >= 0.3 * letters.length
}

/**
 * A name whose letters beyond ASCII were dropped, replaced, or decoded as what they are not (`Caf`, `CafÃ©`), or whose
 * characters were escaped: `Smith &amp; Sons`, `Caf&eacute;`, `Smith%20%26%20Sons`.
 */
export function isMangled(text: string, name: string): boolean {
  const shown = text.replace(escapes, '')
  if (shown !== text && keyOf(shown) === keyOf(name)) return true
  const plain = (source: string) => source.toLowerCase().replace(/[^a-z0-9]/g, '')
  return /[^\x00-\x7f]/.test(name) && plain(name).length > 2 && plain(shown) === plain(name)
}

/** Characters as HTML and URLs (each perhaps twice), and JSON write them. */
const escapes = /&(?:amp;){0,9}#?[a-z0-9]{1,31};|%(?:25){0,4}[0-9a-f]{2}|\\u[0-9a-f]{4}/giu

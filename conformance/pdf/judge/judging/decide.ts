import type { Understood } from '../reading/read.ts'
import { leastPlausible, weights } from '../weights.ts'
import { type Finding, placeOfValue } from './finding.ts'
import { type Decision, undecided } from './judge-reading.ts'

/**
 * Decides by all explanations that are about as good as the best one: what one of them explains away is no finding, and
 * where one of them finds nothing the report is right. Explanations come best first.
 */
export function decide<Explanation extends { score: number; isUsual: boolean }>(
  found: Explanation[],
  judge: (explanation: Explanation) => Decision,
): Decision {
  const [best] = found
  const plausible = found.filter(
    ({ score, isUsual }) =>
      score >= leastPlausible(best!.score, isUsual ? weights.usualShare : weights.marginShare),
  )
  const decisions = plausible.map(judge)
  const conforming = decisions.find(({ verdict }) => verdict === 'conforming')
  if (conforming) return conforming
  const decided = decisions.filter(({ verdict }) => verdict === 'nonconforming')
  const usual = judge(found.find(({ isUsual }) => isUsual)!)
  // Where no good explanation finds an error, many of a poor one are its own.
  const most = decided.length > 0 ? weights.fewVictims : weights.fewRecords
  const first = isReliable(usual, most) ? usual : decided[0]
  if (!first) return decisions[0]!
  const findings = first.findings.filter((finding) =>
    decided.every((other) => other.findings.some((each) => isSame(each, finding))),
  )
  if (findings.length > 0) return { ...first, findings }
  return undecided('Several ways to read the report explain it equally well, and each finds something else')
}

/** Whether words and data agree but for the figures of a few, or for figures that stand nowhere: the report is wrong then. */
function isReliable({ verdict, findings }: Decision, most: number): boolean {
  const victims = new Set(findings.flatMap(({ field, organization }) => (field ? [organization] : [])))
  const areAbsent = findings.every(({ kind, found = '' }) => kind.startsWith('missing-') && !/\d/.test(found))
  return verdict === 'nonconforming' && (areAbsent || victims.size <= most)
}

/**
 * Whether a reading explains all organizations and figures, so that no other one can explain more. One number wherever
 * nothing limits, in a column that has every limit, is no misread figure.
 */
export function explainsAllFigures({ verdict, findings }: Decision): boolean {
  const others = findings.filter(({ kind }) => !besideFigures.has(kind))
  const areUnlimited = others.every(({ kind, expected }) => kind === 'wrong-limit' && expected === 'none')
  const isOneNumber = others.length > 1 && new Set(others.map(({ found }) => found)).size === 1
  return verdict !== 'unreadable' && (others.length === 0 || (areUnlimited && isOneNumber))
}

/** Whether a reading gives the number that another one blames no meaning, as hardly any other: that explains nothing. */
export function passesOver({ placed, roles }: Understood, { kind, page, box }: Finding): boolean {
  if (!kind.startsWith('wrong-') || !box) return false
  const unread = placed.filter(
    ({ value, cellAddress }) => value.kind === 'number' && !roles.has(cellAddress.id),
  )
  const blamed = unread.find(({ value }) => {
    const place = placeOfValue(value)
    return place.page === page && place.box.x0 === box.x0 && place.box.y0 === box.y0
  })
  const alike = unread.filter(({ cellAddress }) => cellAddress.id === blamed?.cellAddress.id)
  return blamed !== undefined && alike.length <= weights.fewRecords
}

/** Kinds of findings about anything else. */
const besideFigures = new Set<Finding['kind']>([
  'wrong-total',
  'wrong-workspace',
  'placeholder-text',
  'invisible-text',
])

/** About the same figure of the same organization, about its name, or about the same text. */
function isSame(one: Finding, other: Finding): boolean {
  if (one.organization === undefined && other.organization === undefined)
    return one.kind === other.kind && one.name === other.name
  if (one.organization !== other.organization) return false
  return figureOf(one) === figureOf(other) && (figureOf(one) === '' || one.expected === other.expected)
}

/**
 * Empty where a finding is about the organization as a whole: missing, repeated, or under another name. Usage with and
 * without all below is one figure: they differ in what is expected, or not at all.
 */
const figureOf = ({ field = '' }: Finding) => (field === 'name' ? '' : field.replace('subtree_', ''))

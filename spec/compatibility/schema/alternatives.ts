import type { Element } from '../element.ts'
import { componentName } from './component-name.ts'
import { compareDiscriminators, mappedWords } from './discriminator.ts'
import { haveSameMark, likeness } from './likeness.ts'
import { type Matched, matchInTurn } from './match-in-turn.ts'
import { choiceIn, choiceKeywords, keysIn, listedIn, partsOf, typesOf } from './parts.ts'
import type { Visit } from './visit.ts'

interface Choice {
  keyword: 'oneOf' | 'anyOf'
  schema: Element
  alternatives: Element[]
}

/**
 * `oneOf` and `anyOf`: OAS 3.0.3 §4.7.24.1. Returns `judged` where a single schema became a choice or the reverse:
 * the other keywords of the two are compared with those of the alternatives then.
 */
export function compareAlternatives(visit: Visit): 'judged' | undefined {
  const { base, head } = visit.pair
  const [before, after] = [choicesIn(base), choicesIn(head)]
  if (before.length === 0 && after.length > 0) return compareWithChoice(visit, base, after[0]!, true)
  if (before.length > 0 && after.length === 0) return compareWithChoice(visit, head, before[0]!, false)
  const { matches, gone, come } = matchInTurn(before, after, [
    (was, is) => was.keyword === is.keyword && overlap(visit, was, is),
    (was, is) => overlap(visit, was, is),
    () => true,
  ])
  for (const [was, is] of matches) compareChoices(visit, was, is)
  for (const was of gone)
    visit.report('alternatives-widened', { from: namesIn(was) }, { at: was.schema.get(was.keyword) })
  for (const is of come)
    visit.report('alternatives-narrowed', { to: namesIn(is) }, { at: is.schema.get(is.keyword) })
  return undefined
}

/** Whether two choices have an alternative in common. */
const overlap = (visit: Visit, was: Choice, is: Choice) =>
  was.alternatives.some((one) =>
    is.alternatives.some((other) => one.pointer === other.pointer || visit.areSame(one, other)),
  )

/**
 * A choice of one alternative is among the parts already, and one of listed values is an enum; a part that is an
 * alternative itself has chosen.
 */
function choicesIn(parts: Element[]): Choice[] {
  const isPart = (schema: Element) => parts.some(({ pointer }) => pointer === schema.pointer)
  return parts.flatMap((schema) =>
    choiceKeywords
      .filter((keyword) => !listedIn(schema, keyword))
      .map((keyword) => ({ keyword, schema, alternatives: choiceIn(schema, keyword).alternatives }))
      .filter(({ alternatives }) => alternatives.length > 1 && !alternatives.some(isPart)),
  )
}

/**
 * A single schema, given as its parts, on one side and a choice on the other. The alternative that is the single schema,
 * or most like it, is compared with it; of the others those count that allow what it does not.
 */
function compareWithChoice(
  visit: Visit,
  alone: Element[],
  choice: Choice,
  isInBase: boolean,
): 'judged' | undefined {
  if (alone.length === 0) return undefined
  const siblings = isInBase ? visit.pair.head : visit.pair.base
  const all = choice.alternatives.map((schema) => {
    const own = partsOf(schema)
    const beside = siblings.filter(({ pointer }) => own.every((part) => part.pointer !== pointer))
    const parts = [...own, ...beside]
    return { schema, parts, isWithin: visit.contains(alone, parts), contains: visit.contains(parts, alone) }
  })
  const closest = all.find((one) => one.contains) ?? mostAlike(alone[0]!, all)
  const [names, single] = [namesIn(choice), nameOf(alone[0]!)]
  const [from, to, verb] = isInBase ? [single, names, 'narrowed'] : [names, single, 'widened']
  const at = { at: choice.schema.get(choice.keyword) }
  if (!closest?.contains && all.every(({ isWithin }) => isWithin))
    visit.report(`alternatives-${verb as 'narrowed' | 'widened'}`, { from, to }, at)
  else if (!closest) visit.report('alternatives-changed', { from, to }, at)
  else {
    visit.compare(...((isInBase ? [alone, closest.parts] : [closest.parts, alone]) as [Element[], Element[]]))
    for (const { schema } of all.filter((one) => one !== closest && !one.isWithin))
      visit.report(
        isInBase ? 'alternative-added' : 'alternative-removed',
        { name: nameOf(schema) },
        { at: schema.mention },
      )
    const several = all.filter(
      ({ schema, parts, contains }) => contains && isUnnamed(schema) && isAsRich(parts, alone),
    )
    if (several.length > 1 && isExclusive(visit, choice))
      visit.report(isInBase ? 'alternatives-overlap' : 'alternatives-overlap-lifted', { single }, at)
  }
  return 'judged'
}

/** Whether a value that fits two alternatives is refused by those who read `oneOf` to the letter, and by no discriminator. */
const isExclusive = ({ pair }: Visit, { keyword, schema }: Choice) =>
  keyword === 'oneOf' && !schema.has('discriminator') && pair.notation !== 'text'

/** A name stands for a kind of its own, even one of the same shape. */
const isUnnamed = (schema: Element) => (componentName(schema) ?? titleOf(schema)) === undefined

/** Whether all properties that some parts name are named by the others as well. */
const isAsRich = (parts: Element[], others: Element[]) => {
  const known = keysIn(others, 'properties')
  return [...keysIn(parts, 'properties')].every((name) => known.has(name))
}

/** From which likeness on two schemas are taken for two states of one, more alike ones first. */
const likenesses = [0.9, 0.8, 0.7, 0.6, 0.5]

function mostAlike<T extends { schema: Element }>(schema: Element, candidates: T[]): T | undefined {
  const [closest] = candidates
    .map((candidate) => ({ candidate, alike: likeness(schema, candidate.schema) }))
    .sort((a, b) => b.alike - a.alike)
  return closest && closest.alike >= likenesses.at(-1)! ? closest.candidate : undefined
}

function compareChoices(visit: Visit, was: Choice, is: Choice) {
  const { matches, gone, come } = matched(visit, was, is)
  for (const [before, after] of matches)
    visit.compare(partsOf(before), partsOf(after), isCovered(visit, [before, after], was, is) || undefined)
  const isCounted = (choice: Choice, schema: Element) =>
    !isUnnamed(schema) || !choice.alternatives.some((one) => visit.contains(partsOf(one), partsOf(schema)))
  for (const one of gone.filter((schema) => isCounted(is, schema)))
    visit.report('alternative-removed', { name: nameOf(one) }, { at: one.mention })
  for (const one of come.filter((schema) => isCounted(was, schema)))
    visit.report('alternative-added', { name: nameOf(one) }, { at: one.mention })
  if (was.keyword !== is.keyword) {
    const id = is.keyword === 'oneOf' ? 'alternatives-made-exclusive' : 'alternatives-made-inclusive'
    visit.report(id, {}, { at: is.schema.get(is.keyword) })
  }
  compareDiscriminators(visit, was.schema, is.schema, matches)
}

/** By component, equality, title, the value that tells them apart, containment, and then by likeness. */
function matched(visit: Visit, base: Choice, head: Choice): Matched<Element> {
  const [told, tells] = [base, head].map(({ schema }) => schema.get('discriminator'))
  const wordsOf = (discriminator: Element | undefined, schema: Element) =>
    discriminator ? mappedWords(discriminator, schema) : []
  return matchInTurn(base.alternatives, head.alternatives, [
    (was, is) => componentName(was) !== undefined && was.pointer === is.pointer,
    visit.areSame,
    (was, is) => titleOf(was) !== undefined && titleOf(was) === titleOf(is),
    (was, is) => wordsOf(told, was).some((word) => wordsOf(tells, is).includes(word)),
    haveSameMark,
    (was, is) => visit.contains(partsOf(was), partsOf(is)) || visit.contains(partsOf(is), partsOf(was)),
    ...likenesses.map((least) => (was: Element, is: Element) => likeness(was, is) >= least),
  ])
}

/** Whether another alternative allows what is new in one anyway, as `string` beside an enum does. */
function isCovered(visit: Visit, [before, after]: [Element, Element], was: Choice, is: Choice): boolean {
  const isStructured = [before, after].some((schema) =>
    (typesOf(schema) ?? ['object']).some((type) => type === 'object' || type === 'array'),
  )
  if (isStructured) return false
  const [others, changed] =
    visit.pair.direction === 'sent'
      ? [is.alternatives.filter((one) => one !== after), before]
      : [was.alternatives.filter((one) => one !== before), after]
  return others.some((one) => visit.contains(partsOf(one), partsOf(changed)))
}

const titleOf = (schema: Element) => schema.read<string>('title')

const nameOf = (schema: Element): string =>
  componentName(schema) ?? titleOf(schema) ?? (typesOf(schema)?.join(' or ') || 'another schema')

const namesIn = ({ alternatives }: Choice) => alternatives.map(nameOf).join(' or ')

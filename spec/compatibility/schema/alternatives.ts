import type { Element } from '../element.ts'
import { componentName } from './component-name.ts'
import { compareDiscriminators } from './discriminator.ts'
import { type Matched, matchInTurn } from './match-in-turn.ts'
import { choiceIn, choiceKeywords, partsOf, typesOf } from './parts.ts'
import type { Visit } from './visit.ts'

interface Choice {
  keyword: 'oneOf' | 'anyOf'
  schema: Element
  alternatives: Element[]
}

/**
 * `oneOf` and `anyOf`: OAS 3.0.3 §4.7.24.1. Returns `judged` where a single schema became a choice or the reverse:
 * the other keywords of the two are not comparable then.
 */
export function compareAlternatives(visit: Visit): 'judged' | undefined {
  const [before, after] = [choicesIn(visit.pair.base), choicesIn(visit.pair.head)]
  const [was, is] = [before[0], after[0]]
  if (!was && is) return becameChoice(visit, is, visit.pair.base[0], 'alternative-added')
  if (was && !is) return becameChoice(visit, was, visit.pair.head[0], 'alternative-removed')
  for (let i = 0; i < Math.max(before.length, after.length); i++) compareChoice(visit, before[i], after[i])
  return undefined
}

/** A choice of one alternative is among the parts already; a part that is an alternative itself has chosen. */
function choicesIn(parts: Element[]): Choice[] {
  const isPart = (schema: Element) => parts.some(({ pointer }) => pointer === schema.pointer)
  return parts.flatMap((schema) =>
    choiceKeywords
      .map((keyword) => ({ keyword, schema, alternatives: choiceIn(schema, keyword).alternatives }))
      .filter(({ alternatives }) => alternatives.length > 1 && !alternatives.some(isPart)),
  )
}

function becameChoice(
  visit: Visit,
  { schema, keyword, alternatives }: Choice,
  alone: Element | undefined,
  id: 'alternative-added' | 'alternative-removed',
): 'judged' | undefined {
  if (!alone) return undefined
  const isInBase = alone.side === 'base'
  const others = alternatives.filter(
    (one) => !(isInBase ? visit.areSame(alone, one) : visit.areSame(one, alone)),
  )
  if (others.length === alternatives.length) {
    const context = isInBase
      ? { from: nameOf(alone), to: names(alternatives) }
      : { from: names(alternatives), to: nameOf(alone) }
    visit.report('alternatives-changed', context, { at: schema.get(keyword) })
  } else for (const one of others) visit.report(id, { name: nameOf(one) }, { at: one.mention })
  return 'judged'
}

function compareChoice(visit: Visit, was: Choice | undefined, is: Choice | undefined) {
  if (!was || !is) {
    const context = { from: names(was?.alternatives ?? []), to: names(is?.alternatives ?? []) }
    visit.report('alternatives-changed', context, { at: (is ?? was)?.schema })
    return
  }
  const { matches, gone, come } = matched(visit, was.alternatives, is.alternatives)
  for (const [before, after] of matches) visit.compare(partsOf(before), partsOf(after))
  for (const one of gone) visit.report('alternative-removed', { name: nameOf(one) }, { at: one.mention })
  for (const one of come) visit.report('alternative-added', { name: nameOf(one) }, { at: one.mention })
  if (was.keyword !== is.keyword) {
    const id = is.keyword === 'oneOf' ? 'alternatives-made-exclusive' : 'alternatives-made-inclusive'
    visit.report(id, {}, { at: is.schema.get(is.keyword) })
  }
  compareDiscriminators(visit, was.schema, is.schema, matches)
}

/** By name, then by equality, then the last two if neither has a name. */
function matched(visit: Visit, before: Element[], after: Element[]): Matched<Element> {
  const found = matchInTurn(before, after, [
    (was, is) => componentName(was) !== undefined && was.pointer === is.pointer,
    visit.areSame,
  ])
  const { matches, gone, come } = found
  if (gone.length !== 1 || come.length !== 1) return found
  const last = matchInTurn(gone, come, [(was, is) => !componentName(was) && !componentName(is)])
  return { ...last, matches: [...matches, ...last.matches] }
}

const nameOf = (schema: Element): string =>
  componentName(schema) ?? schema.read<string>('title') ?? typesOf(schema)?.join(' or ') ?? 'another schema'

const names = (schemas: Element[]) => schemas.map(nameOf).join(' or ')

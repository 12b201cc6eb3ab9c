import type { Element } from '../element.ts'
import { componentName } from './component-name.ts'
import { childrenOf, listsIn, partsOf, valuesOf } from './parts.ts'
import type { Visit } from './visit.ts'

/** Discriminator Object: OAS 3.0.3 §4.7.25. `matches` are the alternatives that are there on both sides. */
export function compareDiscriminators(
  visit: Visit,
  base: Element,
  head: Element,
  matches: [Element, Element][],
) {
  const [was, is] = [base.get('discriminator'), head.get('discriminator')]
  const [from, to] = [was?.read('propertyName'), is?.read('propertyName')]
  // Values that say it themselves are read as before.
  const effectOf = (discriminator: Element, schemas: Element[]) =>
    schemas.every((schema) => isMarked(discriminator, schema)) ? ('annotated' as const) : undefined
  if (!was && is) {
    const effect = effectOf(
      is,
      matches.map(([, after]) => after),
    )
    visit.report('discriminator-added', { to }, { at: is, effect })
  }
  if (was && !is) {
    const effect = effectOf(
      was,
      matches.map(([before]) => before),
    )
    visit.report('discriminator-removed', { from }, { at: was, effect })
  }
  if (!was || !is) return
  if (from !== to) visit.report('discriminator-changed', { from, to }, { at: is })
  for (const [before, after] of matches) compareMappedValues(visit, was, is, before, after)
}

function compareMappedValues(visit: Visit, was: Element, is: Element, before: Element, after: Element) {
  const [mappedBefore, mappedAfter] = [mappedWords(was, before), mappedWords(is, after)]
  const both = mappedBefore.length > 0 && mappedAfter.length > 0
  const from = both ? mappedBefore : [...own(before), ...mappedBefore]
  const to = both ? mappedAfter : [...own(after), ...mappedAfter]
  const gone = from.filter((word) => !to.includes(word))
  const come = to.filter((word) => !from.includes(word))
  if (gone.length === 0 && come.length === 0) return
  const name = componentName(after) ?? 'an alternative'
  const at = { at: is.get('mapping') ?? is }
  if (gone.length > 0 && come.length > 0) visit.report('discriminator-value-changed', { from, to, name }, at)
  else if (come.length > 0) visit.report('discriminator-value-added', { values: come, name }, at)
  else visit.report('discriminator-value-removed', { values: gone, name }, at)
}

/** Whether a schema demands the property of the discriminator, with the words that stand for the schema only. */
function isMarked(discriminator: Element, schema: Element): boolean {
  const [parts, name] = [partsOf(schema), discriminator.read<string>('propertyName') ?? '']
  const mapped = mappedWords(discriminator, schema)
  const words: unknown[] = mapped.length > 0 ? mapped : own(schema)
  const [values] = listsIn(childrenOf(parts, 'properties', name))
  const isDemanded = valuesOf<string[]>(parts, 'required').some((names) => names.includes(name))
  return isDemanded && (values?.every((value) => words.includes(value)) ?? false)
}

const own = (schema: Element) => [componentName(schema)].filter((name) => name !== undefined)

/** The words that the mapping gives to a schema, named by reference or by its plain name. */
export function mappedWords(discriminator: Element, schema: Element): string[] {
  const mapping = discriminator.read<Record<string, string>>('mapping') ?? {}
  return Object.entries(mapping)
    .filter(([, target]) =>
      target.startsWith('#/')
        ? discriminator.at(target)?.pointer === schema.pointer
        : target === componentName(schema),
    )
    .map(([word]) => word)
}

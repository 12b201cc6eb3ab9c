import { isObject } from '../../pointer.ts'
import type { Element } from '../element.ts'
import { componentName } from './component-name.ts'
import { compareDiscriminators, mappedWords } from './discriminator.ts'
import { type Matched, matchInTurn } from './match-in-turn.ts'
import { partsOf } from './parts.ts'
import type { Visit } from './visit.ts'

/**
 * Inheritance: a schema with a discriminator and no alternatives stands for those that build on it with `allOf`, or that
 * its mapping names (OAS 3.0.3 §4.7.25). Each is compared with what it was.
 */
export function compareSubtypes(visit: Visit) {
  const [was, is] = [familyIn(visit.pair.base), familyIn(visit.pair.head)]
  if (!was || !is) return
  const { matches, gone, come } = matched(was, is)
  for (const [before, after] of matches) visit.compare(partsOf(before), partsOf(after))
  const name = (schema: Element) => componentName(schema)!
  for (const one of gone) visit.report('alternative-removed', { name: name(one) }, { at: one })
  for (const one of come) visit.report('alternative-added', { name: name(one) }, { at: one })
  compareDiscriminators(visit, was.parent, is.parent, matches)
}

interface Family {
  parent: Element
  subtypes: Element[]
}

/** The schemas that a value may be besides. Where a part is a subtype itself, only those that build on it. */
function familyIn(parts: Element[]): Family | undefined {
  const parent = parts.find((part) => part.has('discriminator') && !part.has('oneOf') && !part.has('anyOf'))
  if (!parent) return undefined
  const all = descendantsOf(parent)
  const own = new Set(parts.map(({ pointer }) => pointer))
  const narrowest = all.filter(({ pointer }) => own.has(pointer))
  const subtypes = all.filter(
    (one) =>
      !own.has(one.pointer) &&
      narrowest.every((part) => partsOf(one).some(({ pointer }) => pointer === part.pointer)),
  )
  return subtypes.length > 0 ? { parent, subtypes } : undefined
}

/** By component, then by the value of the discriminator that stands for it. */
function matched(was: Family, is: Family): Matched<Element> {
  const [old, current] = [was, is].map(({ parent }) => parent.get('discriminator')!)
  return matchInTurn(was.subtypes, is.subtypes, [
    (before, after) => before.pointer === after.pointer,
    (before, after) => {
      const words = mappedWords(current!, after)
      return mappedWords(old!, before).some((word) => words.includes(word))
    },
  ])
}

const children = new WeakMap<object, Map<string, string[]>>()

/** Component schemas by the pointer of each component that they build on directly. */
function childrenIn(document: Element): Map<string, string[]> {
  const root = document.root as object
  const known = children.get(root)
  if (known) return known
  const found = new Map<string, string[]>()
  for (const [, schema] of document.at('#/components/schemas')?.entries() ?? [])
    for (const parent of schema.get('allOf')?.items() ?? [])
      found.set(parent.pointer, [...(found.get(parent.pointer) ?? []), schema.pointer])
  children.set(root, found)
  return found
}

function descendantsOf(parent: Element): Element[] {
  const mapping = parent.get('discriminator')?.read<unknown>('mapping')
  const targets = isObject(mapping) ? Object.values(mapping) : []
  const named = targets.flatMap((target) => {
    if (typeof target !== 'string') return []
    const found = parent.at(target.startsWith('#/') ? target : `#/components/schemas/${target}`)
    return found ? [found.pointer] : []
  })
  const byParent = childrenIn(parent)
  const pointers = new Set([...named, ...(byParent.get(parent.pointer) ?? [])])
  for (const pointer of pointers) for (const child of byParent.get(pointer) ?? []) pointers.add(child)
  pointers.delete(parent.pointer)
  return [...pointers].map((pointer) => parent.at(`#${pointer.replaceAll('%', '%25')}`)!)
}

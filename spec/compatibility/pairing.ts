import type { Element } from './element.ts'

/** The elements of base and head at the same place. */
export type Pair = [base: Element | undefined, head: Element | undefined]

type Pairs = [key: string, base: Element | undefined, head: Element | undefined][]

/** The keys of both maps with their elements; keys with the same `name` are one. The head's spelling is returned. */
export const pairs = (base: Element | undefined, head: Element | undefined, name?: (key: string) => string) =>
  paired(base?.entries(), head?.entries(), name)

/** {@link pairs} of objects, without extensions. */
export const fieldPairs: typeof pairs = (base, head, name) => paired(base?.fields(), head?.fields(), name)

function paired(
  base: [string, Element][] = [],
  head: [string, Element][] = [],
  name = (key: string) => key,
): Pairs {
  const [before, after] = [base, head].map(
    (children) => new Map(children.map(([key, child]) => [name(key), { key, child }])),
  ) as [Map<string, { key: string; child: Element }>, Map<string, { key: string; child: Element }>]
  return [...new Set([...before.keys(), ...after.keys()])].map((same) => [
    (after.get(same) ?? before.get(same))!.key,
    before.get(same)?.child,
    after.get(same)?.child,
  ])
}

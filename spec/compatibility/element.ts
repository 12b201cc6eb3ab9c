import { isObject, join, keysOf, pointerOf } from '../pointer.ts'

/** A longer chain of references is taken for a cycle. */
const mostHops = 50

/** A value in a document and its JSON pointer. `$ref` is followed on the way to children (OAS 3.0.3 §4.7.23). */
export class Element {
  readonly root: unknown
  readonly side: 'base' | 'head'
  readonly pointer: string
  readonly value: unknown
  private readonly site: string

  constructor(root: unknown, side: 'base' | 'head', pointer = '', value = root, site = pointer) {
    this.root = root
    this.side = side
    this.pointer = pointer
    this.value = value
    this.site = site
  }

  /** The child with references followed: its pointer is that of the referenced value. */
  get(...keys: (string | number)[]): Element | undefined {
    let element: Element | undefined = this
    for (const key of keys) element = element?.child(key)?.followed()
    return element
  }

  /** The same value with the pointer of the `$ref` that led to it: where it was added or removed. */
  get mention(): Element {
    return new Element(this.root, this.side, this.site, this.value)
  }

  has(key: string): boolean {
    return isObject(this.value) && Object.hasOwn(this.value, key)
  }

  /** A child without following references: for values that are not OpenAPI objects. */
  leaf(key: string | number): Element | undefined {
    return this.child(key)
  }

  read<T>(key: string): T | undefined {
    return this.child(key)?.value as T | undefined
  }

  /** The children of a map. Its keys are names, so that `x-…` is no extension. */
  entries(): [string, Element][] {
    return this.children(() => true)
  }

  /** The children of an object, without extensions (`x-…`, §4.9). */
  fields(): [string, Element][] {
    return this.children((key) => !key.startsWith('x-'))
  }

  items(): Element[] {
    if (!Array.isArray(this.value)) return []
    return this.value.flatMap((_, index) => this.get(index) ?? [])
  }

  /** The element that a pointer such as `#/components/schemas/Book` names. */
  at(reference: string, hops = 0): Element | undefined {
    const keys = keysOf(pointerOf(reference))
    let element: Element | undefined = new Element(this.root, this.side)
    for (const key of keys) element = element?.child(key)?.followed(hops + 1)
    return element
  }

  private children(isWanted: (key: string) => boolean): [string, Element][] {
    if (!isObject(this.value)) return []
    return Object.keys(this.value)
      .filter(isWanted)
      .flatMap((key) => {
        const child = this.get(key)
        return child ? [[key, child] as [string, Element]] : []
      })
  }

  private child(key: string | number): Element | undefined {
    if (typeof this.value !== 'object' || this.value === null || !Object.hasOwn(this.value, key))
      return undefined
    return new Element(
      this.root,
      this.side,
      join(this.pointer, key),
      (this.value as Record<string, unknown>)[key],
    )
  }

  private followed(hops = 0): Element | undefined {
    const target = isObject(this.value) ? this.value.$ref : undefined
    if (typeof target !== 'string') return this
    if (!/^#(\/|$)/.test(target) || hops > mostHops)
      throw new RangeError(
        `${this.pointer}: $ref to ${target}, expected one that leads to a place in the document`,
      )
    const found = this.at(target, hops)
    return found && new Element(found.root, found.side, found.pointer, found.value, this.site)
  }
}

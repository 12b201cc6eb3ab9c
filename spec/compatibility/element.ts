/** A reference that leads back to itself ends here. */
const mostHops = 50

/** A value in a document together with its place. Children are reached through any `$ref` (OAS 3.0.3 §4.7.23). */
export class Element {
  readonly root: unknown
  readonly side: 'base' | 'head'
  readonly pointer: string
  readonly value: unknown

  constructor(root: unknown, side: 'base' | 'head', pointer = '', value = root) {
    this.root = root
    this.side = side
    this.pointer = pointer
    this.value = value
  }

  /** The child with references followed, so that its pointer says where it is really written. */
  get(...keys: (string | number)[]): Element | undefined {
    let element: Element | undefined = this
    for (const key of keys) element = element?.child(key)?.followed()
    return element
  }

  has(key: string): boolean {
    return isObject(this.value) && Object.hasOwn(this.value, key)
  }

  /** A child's plain value, for leaves. */
  read<T>(key: string): T | undefined {
    return this.get(key)?.value as T | undefined
  }

  /** The children of an object, extensions (`x-…`) left out. */
  entries(): [string, Element][] {
    if (!isObject(this.value)) return []
    return Object.keys(this.value)
      .filter((key) => !key.startsWith('x-'))
      .flatMap((key) => {
        const child = this.get(key)
        return child ? [[key, child] as [string, Element]] : []
      })
  }

  items(): Element[] {
    if (!Array.isArray(this.value)) return []
    return this.value.flatMap((_, index) => this.get(index) ?? [])
  }

  /** The element that a pointer such as `#/components/schemas/Book` names. */
  at(reference: string, hops = 0): Element | undefined {
    const keys = reference
      .slice(2)
      .split('/')
      .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    let element: Element | undefined = new Element(this.root, this.side)
    for (const key of keys) element = element?.child(key)?.followed(hops + 1)
    return element
  }

  private child(key: string | number): Element | undefined {
    if (typeof this.value !== 'object' || this.value === null || !Object.hasOwn(this.value, key))
      return undefined
    const pointer = `${this.pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
    return new Element(this.root, this.side, pointer, (this.value as Record<string, unknown>)[key])
  }

  private followed(hops = 0): Element | undefined {
    if (hops > mostHops) return undefined
    const target = isObject(this.value) ? this.value.$ref : undefined
    return typeof target === 'string' && target.startsWith('#/') ? this.at(target, hops) : this
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

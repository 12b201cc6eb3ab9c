import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { ContractError } from '../contract-error.ts'
import { isObject, type Json, join, keysOf, referenceTo } from '../pointer.ts'
import { type Kind, type Part, partsIn, sectionOf, wholeDocument } from '../structure.ts'
import { type Collected, collect, isFileReference, type PlacedPart } from './collect.ts'
import type { ContractFiles } from './contract-files.ts'
import { leadOf, locate, referenceIn } from './references.ts'
import { type Address, keyOf, type SourceFile } from './source-file.ts'

/** A line (from 1) in a file; absent where only the file is known. */
export interface Origin {
  file: string
  line?: number
}

/** A contract as one document, whose references are all JSON pointers into itself. */
export interface Bundle {
  document: unknown
  entry: SourceFile
  /** Of the bytes of all files, in hexadecimal. */
  sha256: string
  /** Where the value at a JSON pointer of the document, or its nearest ancestor, is written. */
  originOf(pointer: string): Origin
  /** JSON pointers of lists without entries that were left out of schemas. */
  emptyLists: string[]
}

/**
 * Reads a contract of one or several files. What OpenAPI keeps in `components` goes there under the last part of its
 * address; everything else stands in place of the references to it, as path items do. Pointers into the first file
 * stay what they are. `assertSupported` sees the first file before the others are read. Throws {@link ContractError}
 * with file, line and reason.
 */
export async function bundle(
  source: ContractFiles,
  assertSupported: (entry: SourceFile) => void,
): Promise<Bundle> {
  const collected = await collect(source, assertSupported)
  const hash = createHash('sha256')
  for (const { text } of collected.files.values()) hash.update(text)
  const writer = new BundleWriter(collected)
  return {
    document: writer.write(),
    entry: collected.entry,
    sha256: hash.digest('hex'),
    originOf: writer.originOf,
    emptyLists: writer.emptyLists,
  }
}

/** Keywords of schemas whose lists have an entry at least (JSON Schema 2020-12 §10.2.1; OAS 3.0.3 §4.7.24). */
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'enum', 'required']

const isEmpty = (value: unknown) => value === null || (Array.isArray(value) && value.length === 0)

class BundleWriter {
  readonly emptyLists: string[] = []
  readonly #files: Map<string, SourceFile>
  readonly #entry: SourceFile
  /** What goes to `components`: key of the address to its pointer there. */
  readonly #homes: Map<string, string>
  readonly #hoisted: { to: Address; kind: Kind; home: string }[] = []
  /** Pointers of the result at which another place of the sources starts. */
  readonly #origins = new Map<string, Address>()

  constructor(collected: Collected) {
    const { files, entry, uses } = collected
    this.#files = files
    this.#entry = entry
    const own = componentsOf(collected)
    this.#homes = new Map()
    const taken = new Set(own.map(({ home }) => home))
    const settle = (to: Address, home: string) => {
      if (to.file !== entry && !this.#homes.has(keyOf(to))) this.#homes.set(keyOf(to), home)
    }
    for (const { component, home } of own) settle(component, home)
    // A component that is nothing but a reference: what it refers to takes its place.
    for (const { component, home } of own) if (isAlias(component)) settle(this.#destination(component), home)
    for (const { from, to } of uses) {
      if (to.file === entry || !isHoisted(from) || this.#homes.has(keyOf(to))) continue
      const home = freeHome(from.kind, to, taken)
      taken.add(home)
      this.#homes.set(keyOf(to), home)
      this.#hoisted.push({ to, kind: from.kind, home })
    }
  }

  write(): unknown {
    const start = { ...wholeDocument(this.#entry.value as object), file: this.#entry }
    this.#origins.set('', start)
    const document = this.#built(start, '', [])
    for (const { to, kind, home } of this.#hoisted) {
      const [, section = '', name = ''] = keysOf(home)
      const value = this.#moved({ kind, container: 'one', ...to }, home, [])
      const { components = {} } = document as { components?: Record<string, Json> }
      components[section] ??= {}
      components[section][name] = value
      ;(document as Json).components = components
    }
    return document
  }

  originOf = (pointer: string): Origin => {
    for (let start = pointer; ; start = start.slice(0, start.lastIndexOf('/'))) {
      const origin = this.#origins.get(start)
      if (!origin) continue
      const line = origin.file.lineOf(origin.pointer + pointer.slice(start.length))
      return { file: origin.file.name, ...(line && { line }) }
    }
  }

  /** A copy with its references rewritten. `inside` are the references that it is being put in place of. */
  #built(part: PlacedPart, at: string, inside: string[]): unknown {
    const { value, file } = part
    if (referenceIn(value) !== undefined) return this.#rewritten(part, at, inside)
    if (typeof value !== 'object' || value === null) return value
    const copy = Array.isArray(value) ? [...value] : { ...value }
    const children = partsIn(part).map((child) => ({ ...child, file, key: keysOf(child.pointer).at(-1)! }))
    for (const { key, ...child } of children) (copy as Json)[key] = this.#built(child, join(at, key), inside)
    const isChild = new Set(children.map(({ key }) => key))
    for (const [key, content] of Object.entries(copy))
      if (isOpaque(part.kind, key) && !isChild.has(key) && this.#refersElsewhere(content, file))
        delete (copy as Json)[key]
    if (part.kind !== 'Schema' || part.container !== 'one') return copy
    return this.#withMapping(this.#withoutEmptyLists(copy as Json, at), file)
  }

  /** Whether a value has references that lead nowhere in the document: those to other files, and to its own in others. */
  #refersElsewhere(value: unknown, file: SourceFile): boolean {
    if (typeof value !== 'object' || value === null) return false
    const target = referenceIn(value)
    if (target !== undefined && !(target.startsWith('#') && file === this.#entry)) return true
    return Object.values(value).some((child) => this.#refersElsewhere(child, file))
  }

  #rewritten(part: PlacedPart, at: string, inside: string[]): unknown {
    const { $ref, $dynamicRef, ...siblings } = part.value as Json
    const to = this.#destination(part)
    const key = keyOf(to)
    if (isHoisted(part) && this.#homes.get(key) !== at) {
      const beside = this.#built({ ...part, value: siblings }, at, inside)
      return { ...(beside as Json), $ref: referenceTo(this.#homes.get(key) ?? to.pointer) }
    }
    if (inside.includes(key))
      throw new ContractError(
        part.file.name,
        part.file.lineOf(part.pointer),
        `$ref to ${$ref}: contains itself`,
      )
    const moved = this.#moved({ ...part, ...to }, at, [...inside, key])
    if (!isObject(moved) || Object.keys(siblings).length === 0) return moved
    return { ...moved, ...(this.#built({ ...part, value: siblings }, at, inside) as Json) }
  }

  #moved(part: PlacedPart, at: string, inside: string[]): unknown {
    this.#origins.set(at, part)
    return this.#built(part, at, inside)
  }

  /** Many writers and generators mean nothing by a list without entries, which both versions of OpenAPI forbid here. */
  #withoutEmptyLists(schema: Json, at: string): Json {
    const empty = lists.filter((keyword) => isEmpty(schema[keyword]))
    if (empty.length === 0) return schema
    for (const keyword of empty) this.emptyLists.push(join(at, keyword))
    return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !empty.includes(keyword)))
  }

  #withMapping(schema: Json, file: SourceFile): Json {
    const { discriminator } = schema
    if (!isObject(discriminator) || !isObject(discriminator.mapping)) return schema
    const mapping = Object.entries(discriminator.mapping).map(([word, target]) => {
      const isReference = typeof target === 'string' && (isFileReference(target) || target.startsWith('#/'))
      if (!isReference) return [word, target]
      const to = locate(leadOf(target, file), this.#files)
      const home = 'file' in to ? (this.#homes.get(keyOf(to)) ?? to.pointer) : undefined
      return [word, home === undefined ? target : referenceTo(home)]
    })
    return { ...schema, discriminator: { ...discriminator, mapping: Object.fromEntries(mapping) } }
  }

  /** Established by `collect`, which refuses what leads nowhere. */
  #destination({ value, file }: Pick<PlacedPart, 'value' | 'file'>): Address {
    return locate(leadOf(referenceIn(value)!, file), this.#files) as Address
  }
}

const isHoisted = ({ kind, container }: Part) => container === 'one' && sectionOf(kind) !== undefined

/**
 * Extensions and examples: OpenAPI gives references in them no meaning (OAS 3.1.1 §4.9), but libraries follow those to
 * other files, from the wrong folder.
 */
const isOpaque = (kind: Kind, key: string) =>
  key.startsWith('x-') || key === 'example' || (kind === 'Example' && key === 'value')

const isAlias = ({ value }: Address) =>
  referenceIn(value) !== undefined && Object.keys(value as Json).length === 1

/** What the document has in `components` from the start; the maps may stand in other files. */
function componentsOf({ entry, uses }: Collected): { component: Address; home: string }[] {
  const follow = (address: Address): Address => {
    const next = uses.find(({ from }) => from.file === address.file && from.pointer === address.pointer)
    return next ? follow(next.to) : address
  }
  const childrenOf = (address: Address): [string, Address][] => {
    const { file, pointer, value } = follow(address)
    const entries = isObject(value) ? Object.entries(value) : []
    return entries.map(([key, child]) => [key, { file, pointer: join(pointer, key), value: child }])
  }
  const [, components] =
    childrenOf({ file: entry, pointer: '', value: entry.value }).find(([key]) => key === 'components') ?? []
  return (components ? childrenOf(components) : []).flatMap(([section, map]) =>
    childrenOf(map).map(([name, component]) => ({
      component,
      home: join(join('/components', section), name),
    })),
  )
}

/** An unused pointer below `components`, named after the last part of the address: `#/Cat` and `Cat.yaml` are Cat. */
function freeHome(kind: Kind, { file, pointer }: Address, taken: Set<string>): string {
  const last = keysOf(pointer).at(-1) ?? posix.basename(file.path).replace(/\.[^.]*$/, '')
  // Component names are limited to these characters (OAS 3.1.1 §4.8.7.1).
  const name = last.replaceAll(/[^\w.-]/g, '_')
  for (let count = 1; ; count++) {
    const home = join(join('/components', sectionOf(kind)!), count === 1 ? name : `${name}_${count}`)
    if (!taken.has(home)) return home
  }
}

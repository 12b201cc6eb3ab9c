import { linesOf } from '../contract-error.ts'
import { isObject, join } from '../pointer.ts'
import { parseYaml } from '../yaml.ts'

/** One file of a contract, parsed. */
export class SourceFile {
  /** Relative to the directory of the contract's first file, with `/`. */
  readonly path: string
  /** For errors and reports. */
  readonly name: string
  readonly text: string
  readonly value: unknown
  #lineOf: ((pointer: string) => number | undefined) | undefined
  #names: { anchors: Map<string, string>; ids: Map<string, string> } | undefined

  /** Throws `ContractError` for what is neither YAML nor JSON. */
  constructor(path: string, name: string, text: string) {
    this.path = path
    this.name = name
    this.text = text
    this.value = parseYaml(name, text)
  }

  /** The line (from 1) of the value at a JSON pointer, or of its nearest ancestor. */
  lineOf(pointer: string): number | undefined {
    this.#lineOf ??= linesOf(this.text)
    return this.#lineOf(pointer)
  }

  /** The JSON pointer that a fragment stands for: itself, or the place of an anchor (JSON Schema 2020-12 §8.2.2). */
  pointerTo(fragment: string): string | undefined {
    if (fragment === '' || fragment.startsWith('/')) return fragment
    return this.names.anchors.get(fragment)
  }

  /** The JSON pointer of the schema with an `$id` (JSON Schema 2020-12 §8.2.1). */
  pointerToId(id: string): string | undefined {
    return this.names.ids.get(id)
  }

  private get names() {
    this.#names ??= namesIn(this.value)
    return this.#names
  }
}

function namesIn(root: unknown) {
  const names = { anchors: new Map<string, string>(), ids: new Map<string, string>() }
  const open = [{ value: root, pointer: '' }]
  for (const { value, pointer } of open) {
    if (typeof value !== 'object' || value === null) continue
    for (const [key, child] of Object.entries(value)) {
      if (typeof child === 'object') open.push({ value: child, pointer: join(pointer, key) })
      else if (typeof child !== 'string' || !isObject(value)) continue
      else if (key === '$anchor' || key === '$dynamicAnchor') names.anchors.set(child, pointer)
      else if (key === '$id') names.ids.set(child.replace(/#$/, ''), pointer)
    }
  }
  return names
}

/** A value in the files of a contract. */
export interface Address {
  file: SourceFile
  pointer: string
  value: unknown
}

export const keyOf = ({ file, pointer }: Address) => `${file.path}#${pointer}`

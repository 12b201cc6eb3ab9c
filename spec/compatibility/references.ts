import { ContractError } from '../contract-error.ts'
import { nameMaps } from '../pointer.ts'
import { Element } from './element.ts'

/** Throws {@link ContractError} for a `$ref` that leaves the document, leads nowhere or back to itself. */
export function assertReferences(
  file: string,
  openapi: object,
  lineOf: (pointer: string) => number | undefined,
) {
  const root = new Element(openapi, 'head')
  const open = [root]
  for (let element = open.pop(); element; element = open.pop()) {
    if (typeof element.value !== 'object' || element.value === null) continue
    const parent = element.pointer
    for (const key of Object.keys(element.value)) {
      if (isData(key, parent)) continue
      const child = element.leaf(key)
      if (!child) continue
      if (key === '$ref' && typeof child.value === 'string') {
        const reason = flawOf(root, child.value)
        if (reason) throw new ContractError(file, lineOf(child.pointer), `$ref to ${child.value}: ${reason}`)
      } else open.push(child)
    }
  }
}

function flawOf(root: Element, target: string): string | undefined {
  if (!target.startsWith('#/')) return 'leaves the document; put all of the contract into one file first'
  try {
    return root.at(target) ? undefined : 'leads nowhere'
  } catch {
    return 'leads back to itself'
  }
}

/** Values that may contain anything, even a field named `$ref`; in a map the key is a name instead. */
function isData(key: string, parent: string): boolean {
  const isName = nameMaps.has(parent.slice(parent.lastIndexOf('/') + 1))
  return !isName && (key.startsWith('x-') || ['example', 'examples', 'default', 'enum'].includes(key))
}

import type { PdfObjects } from './objects.ts'
import { counted, type Problem } from './problem.ts'
import { type Dictionary, dictionaryOf, isName, Reference, type Value } from './values.ts'

export interface Pages {
  /** What the root of the page tree says; undefined where it says nothing. */
  declared: number | undefined
  /** Pages that are really there. */
  found: number
}

/** A page with the resources that it has or inherits. */
export interface Leaf {
  page: Dictionary
  resources: Dictionary | undefined
}

interface Node {
  parent: number
  leaves: number
  declared: Value | undefined
  isLeaf: boolean
}

/** Walks the page tree (ISO 32000-2 §7.7.3) without trusting it: circles, counts and boxes become problems. */
export function readPages(
  objects: PdfObjects,
  catalog: Dictionary,
): { pages: Pages; leaves: Leaf[]; problems: Problem[] } {
  const root = catalog.get('Pages')
  const nodes: Node[] = []
  const leaves: Leaf[] = []
  const visited = new Set<number>()
  const todo: { value: Value; parent: number; box: Value | undefined; resources: Dictionary | undefined }[] =
    []
  let repeated = 0
  let unreadable = 0
  let badBoxes = 0
  if (root !== undefined) todo.push({ value: root, parent: -1, box: undefined, resources: undefined })
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { value, parent } = next
    if (value instanceof Reference) {
      if (visited.has(value.number)) {
        repeated++
        continue
      }
      visited.add(value.number)
    }
    const node = dictionaryOf(value instanceof Reference ? objects.read(value.number) : value)
    if (!node) {
      unreadable++
      continue
    }
    const kids = objects.get(node, 'Kids')
    const isLeaf = !Array.isArray(kids) || isName(objects.get(node, 'Type'), 'Page')
    const box = node.get('MediaBox') ?? next.box
    const resources = objects.dictionary(node, 'Resources') ?? next.resources
    if (isLeaf) leaves.push({ page: node, resources })
    nodes.push({ parent, leaves: isLeaf ? 1 : 0, declared: objects.get(node, 'Count'), isLeaf })
    if (isLeaf && !hasArea(objects, box)) badBoxes++
    if (isLeaf) continue
    for (const kid of kids.toReversed()) todo.push({ value: kid, parent: nodes.length - 1, box, resources })
  }
  for (const { parent, leaves } of nodes.toReversed()) if (parent >= 0) nodes[parent]!.leaves += leaves

  const found = nodes[0]?.leaves ?? 0
  const declared = typeof nodes[0]?.declared === 'number' ? nodes[0].declared : undefined
  const wrongCounts = nodes.filter((node) => !node.isLeaf && node.declared !== node.leaves).length
  const problems: Problem[] = []
  const defect = (message: string) =>
    problems.push({ code: 'page-tree', severity: 'defect', section: '7.7.3', message })
  if (repeated > 0) defect(`the page tree refers to a node more than once (${counted(repeated, 'time')})`)
  if (unreadable > 0) defect(`${counted(unreadable, 'page tree node')} cannot be read`)
  if (wrongCounts > 0 && nodes[0] && declared !== found) {
    defect(`the page tree says ${declared ?? 'nothing of its'} pages and has ${found}`)
  } else if (wrongCounts > 0) defect(`${counted(wrongCounts, 'page tree node')} with a wrong /Count`)
  if (badBoxes > 0) {
    const message = `${counted(badBoxes, 'page')} without a /MediaBox of positive area`
    problems.push({ code: 'media-box', severity: 'defect', section: '7.7.3.3', message })
  }
  return { pages: { declared, found }, leaves, problems }
}

function hasArea(objects: PdfObjects, value: Value | undefined): boolean {
  const box = objects.resolve(value)
  if (!Array.isArray(box) || box.length !== 4) return false
  const [left, bottom, right, top] = box.map(objects.resolve)
  if (![left, bottom, right, top].every((side) => typeof side === 'number' && Number.isFinite(side)))
    return false
  return left !== right && bottom !== top
}

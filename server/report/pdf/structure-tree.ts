import { type PackedObjects, padded } from './packed-objects.ts'
import type { PdfKitDocument, Reference } from './pdfmake.ts'
import { textString } from './text-string.ts'

/** The standard structure types (ISO 32000-1 §14.8.4) that the report uses. */
export type Role =
  | 'Document'
  | 'Sect'
  | 'H1'
  | 'H2'
  | 'P'
  | 'Table'
  | 'THead'
  | 'TBody'
  | 'TR'
  | 'TH'
  | 'TD'
  | 'Figure'
  | 'Link'
  | 'Span'

export interface Attributes {
  /** Text that stands for what is drawn. */
  alt?: string
  /** Text that stands for the glyphs. */
  actual?: string
  scope?: 'Row' | 'Column'
  rowSpan?: number
  colSpan?: number
  /** Left, bottom, right, top on the page. */
  box?: readonly [number, number, number, number]
}

/** An element that is still open: content and children can be added until it is ended. */
export interface Element {
  role: Role
  id: number
  parent: number
  /** Child elements by object number. */
  children: number[]
  /** Content of its page, by number. */
  marked: number[]
  /** Content of other pages and annotations, as dictionaries. */
  references: string[]
  page: number
  entries: string
}

/**
 * The structure tree (ISO 32000-1 §14.7), written as the pages are. pdfkit can build one as well, with an
 * object of its own for each element; a report has tens of thousands, hence strings.
 */
export class StructureTree {
  private readonly document: PdfKitDocument
  private readonly objects: PackedObjects
  private readonly root: Reference
  private readonly parents: string[] = []
  private marked: number[] = []
  private keys = 0
  private pageKey = 0
  readonly top: Element

  constructor(document: PdfKitDocument, objects: PackedObjects) {
    this.document = document
    this.objects = objects
    this.root = document.ref({ Type: 'StructTreeRoot' })
    this.top = this.open('Document', null)
  }

  open(role: Role, parent: Element | null, attributes: Attributes = {}): Element {
    const id = this.objects.reserve()
    parent?.children.push(id)
    const kids = { children: [], marked: [], references: [] }
    return { role, id, parent: parent?.id ?? this.root.id, ...kids, page: 0, entries: entriesOf(attributes) }
  }

  /** The operator that begins content of an element on the current page; `EMC` ends it. */
  mark(element: Element): string {
    const mcid = this.marked.push(element.id) - 1
    const page = this.document.page.dictionary.id
    element.page ||= page
    if (element.page === page) element.marked.push(mcid)
    else element.references.push(`<</Type/MCR/Pg ${page} 0 R/MCID ${mcid}>>`)
    return `/${element.role}<</MCID ${mcid}>>BDC`
  }

  /** An annotation, by its object number, as content of an element (Link). Returns its key in the parent tree. */
  addAnnotation(element: Element, annotation: number): number {
    element.page ||= this.document.page.dictionary.id
    element.references.push(`<</Type/OBJR/Obj ${annotation} 0 R>>`)
    const key = this.keys++
    this.parents.push(`${key} ${element.id} 0 R`)
    return key
  }

  close({ id, role, parent, children, marked, references, entries, page }: Element): void {
    const head = `<</S/${role}/P${reference(parent)}${page ? `/Pg${reference(page)}` : ''}${entries}/K[`
    if (marked.length + references.length === 0) {
      this.objects.add(id, `${head.padEnd(referencesRow)}${listOf(children)}]>>`, referencesRow)
      return
    }
    const content = marked.map((mcid) => padded(mcid, 5)).join('')
    const body = `${head}${content}${references.join('')}${listOf(children)}]>>`
    // Cells have the same length, if what they hold is alike.
    if (children.length + references.length === 0) this.objects.add(id, body, body.length)
    else this.objects.add(id, body)
  }

  beginPage(): void {
    this.pageKey = this.keys++
    this.document.page.dictionary.data.StructParents = this.pageKey
    this.document.page.dictionary.data.Tabs = 'S'
  }

  endPage(): void {
    const id = this.objects.reserve()
    this.objects.add(id, `${'['.padEnd(referencesRow)}${listOf(this.marked)}]`, referencesRow)
    this.parents.push(`${this.pageKey} ${id} 0 R`)
    this.marked = []
  }

  end(): void {
    this.close(this.top)
    const tree = this.objects.reserve()
    const sorted = this.parents.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    this.objects.add(tree, `<</Nums[${sorted.join(' ')}]>>`)
    Object.assign(this.root.data, {
      K: raw(`[${this.top.id} 0 R]`),
      ParentTree: raw(`${tree} 0 R`),
      ParentTreeNextKey: this.keys,
    })
    this.root.end()
    this.document._root.data.MarkInfo = { Marked: true }
    this.document._root.data.StructTreeRoot = this.root
  }
}

// Numbers have the same width, so that objects which differ in them alone can be told by their differences.
const reference = (id: number) => `${padded(id, 7)} 0 R`
const listOf = (ids: number[]) => ids.map(reference).join('')
/** Two references a row. */
const referencesRow = 22

/** pdfkit writes a thing that is neither string, list nor plain object as it prints itself. */
export function raw(text: string): { toString(): string } {
  return Object.assign(Object.create({ toString: () => text, [Symbol.toStringTag]: 'Raw' }))
}

function entriesOf({ alt, actual, scope, rowSpan, colSpan, box }: Attributes): string {
  const spans = `${rowSpan ? `/RowSpan ${rowSpan}` : ''}${colSpan ? `/ColSpan ${colSpan}` : ''}`
  const table = scope || spans ? `<</O/Table${scope ? `/Scope/${scope}` : ''}${spans}>>` : ''
  const layout = box
    ? `<</O/Layout/Placement/Block/BBox[${box.map((value) => Math.round(value * 100) / 100).join(' ')}]>>`
    : ''
  const spoken = actual === undefined ? '' : `/ActualText${textString(actual)}`
  return `${spoken}${alt === undefined ? '' : `/Alt${textString(alt)}`}${table || layout ? `/A${table || layout}` : ''}`
}

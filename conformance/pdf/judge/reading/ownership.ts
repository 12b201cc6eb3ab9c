import type { Segment, TextLayer } from '../../pages/page.ts'
import type { CellAddress } from './cell-address.ts'
import type { RecordAnchor } from './record-anchor.ts'
import type { Content, Value } from './values.ts'

/** What stands in a document beside the names of its organizations, and tells where their records end. */
export interface Surroundings {
  contents: Map<Segment, Content>
  /** The places that name organizations of others. */
  known: RecordAnchor[]
  isLabel(text: string): boolean
  isRepeated(text: string): boolean
}

/** How a document says whose a figure is. */
export interface Layout {
  /** Beside the name, after the name, or below it as the head of a column. */
  mode: 'row' | 'block' | 'column'
  /** Where in a row of several lines the name stands. */
  align: 'top' | 'middle' | 'ruled'
  /** Side by side on the page. */
  columns: number
}

export interface OwnedCell {
  value: Value
  /** Null: nobody's. An anchor without candidates: text in a name's place. */
  owner: RecordAnchor | null
  /** From the end of the page or column before. */
  carried: boolean
}

/** A cell with what stands around it. */
export interface Placed extends OwnedCell {
  cellAddress: CellAddress
}

export interface Ownership {
  layer: TextLayer
  layout: Layout
  owned: OwnedCell[]
  /** Text in a name's place that names nobody known. */
  unknownRecords: RecordAnchor[]
}

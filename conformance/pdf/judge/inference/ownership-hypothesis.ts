import type { TextLayer } from '../../pages/page.ts'
import type { Ownership } from '../reading/ownership.ts'
import type { RecordAnchor } from '../reading/record-anchor.ts'

/** Which anchors own which quantities. */
export interface OwnershipHypothesis {
  name: string
  anchors: RecordAnchor[]
  /** Whether everybody's figures stand beside the next organization, or the one before, or only the names are sorted. */
  shift: 'down' | 'up' | 'unsorted' | undefined
  /** Gives the quantities of some pages their owners. */
  divide(layers: TextLayer[]): Ownership[]
}

import type { TextLayer } from '../../pages/page.ts'
import type { Territory } from '../reading/ownership.ts'
import type { Subject } from '../reading/subjects.ts'

/** Which anchors own which quantities. */
export interface Ownership {
  name: string
  subjects: Subject[]
  /** Whether everybody's figures stand beside the next organization, or the one before. */
  shift: 'down' | 'up' | undefined
  /** Gives the quantities of some pages their owners. */
  divide(planes: TextLayer[]): Territory[]
}

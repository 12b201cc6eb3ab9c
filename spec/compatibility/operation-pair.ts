import type { Element } from './element.ts'

/** The two states of one operation, with the path item and the path that each stands in. */
export interface OperationPair {
  operations: [base: Element, head: Element]
  items: [base: Element, head: Element]
  paths: [base: string, head: string]
}

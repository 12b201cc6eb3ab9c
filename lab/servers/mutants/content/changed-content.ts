import type { Behaviour } from '../../behaviour.ts'
import { type Content, changeEntry, type Entry, retotalled } from '../../report/content.ts'

/** Changes what the report says; totals are summed anew, so that they do not reveal the defect. */
export const withContent = (change: Behaviour['content']): Partial<Behaviour> => ({
  content: (content, exchange) => retotalled(change(content, exchange)),
})

/** Replaces the entry of this name. */
export const withEntry = (name: string, change: (entry: Entry) => Entry | Entry[]): Partial<Behaviour> =>
  withContent((content) => changeEntry(content, name, change))

export const entryNamed = ({ entries }: Content, name: string): Entry | undefined =>
  entries.find((one) => one.name === name)

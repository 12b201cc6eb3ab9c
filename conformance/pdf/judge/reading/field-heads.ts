import type { Line, Segment } from '../../pages/page.ts'
import { type Column, columnsOf } from './heads.ts'
import type { Content, Flow, Value } from './values.ts'

/** What parts the fields of a row that was exported as text. A comma parts thousands and decimals too. */
const marks = [';', '|']

/** Fewer fields are a sentence of two parts. */
const fewestFields = 3

/** Heads of rows that are text: `Name; Users; Limit` above `Acme; 12; 50`, where no field stands below its head. */
export class FieldHeads {
  readonly #heads = new Map<Flow, { mark: string; columns: Column[] }>()

  constructor(lines: Line[], contents: ReadonlyMap<Segment, Content>) {
    const latest = new Map<string, Column[]>()
    for (const { segments } of lines)
      for (const segment of segments) {
        const { flow } = contents.get(segment)!
        const mark = marks.find(
          (each) => flow.text.includes(each) && flow.text.split(each).length >= fewestFields,
        )
        if (mark === undefined) continue
        const fields = flow.text.split(mark)
        const key = `${mark}${fields.length}`
        const isHead = flow.values.length + flow.mentions.length === 0
        if (isHead && !latest.has(key)) latest.set(key, headsOf(fields, segment))
        else if (!isHead && latest.has(key)) this.#heads.set(flow, { mark, columns: latest.get(key)! })
      }
  }

  /** The head with as many marks before it as stand before the value. */
  column({ from }: Value, flow: Flow): Column | null {
    const heads = this.#heads.get(flow)
    return heads ? heads.columns[flow.text.slice(0, from).split(heads.mark).length - 1]! : null
  }
}

function headsOf(fields: string[], { words, line, x0, x1, y0, y1 }: Segment): Column[] {
  const heads = fields.map((field) => {
    const leaf = field.trim()
    return { leaf, groups: [], box: { text: leaf, words, size: line.size, x0, x1, y0, y1 } }
  })
  return columnsOf(heads)
}

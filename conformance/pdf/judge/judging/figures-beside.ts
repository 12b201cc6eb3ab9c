import type { Understood } from '../reading/read.ts'
import type { Placed } from '../reading/roles.ts'

/** The numbers that stand beside each organization's name, by its index. */
export function figuresBeside({ passages, placed }: Understood): Map<number, Placed[]> {
  const about = new Map(passages.map(({ anchor, organization }) => [anchor, organization]))
  const own = new Map<number, Placed[]>()
  for (const each of placed) {
    const at = each.owner && about.get(each.owner)
    if (
      at === null ||
      at === undefined ||
      each.value.kind !== 'number' ||
      each.cellAddress.figure === 'other'
    )
      continue
    const list = own.get(at)
    if (list) list.push(each)
    else own.set(at, [each])
  }
  return own
}

import type { Budget } from './budget.ts'

/** Where `n g obj` stands, found by reading the file from its start: what readers do to repair a file. */
export interface Definition {
  number: number
  generation: number
  offset: number
}

const definition = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]{1,8}(\d{1,5})[\0\t\n\f\r ]{1,8}obj(?![A-Za-z0-9])/g

/** All definitions in file order. Stream data is skipped by looking for `endstream`, whatever /Length says. */
export function scanDefinitions(text: string, budget: Budget): Definition[] {
  const found: Definition[] = []
  const pattern = new RegExp(definition)
  const stream = /stream\r?\n|endobj|\d[\0\t\n\f\r ]{1,8}obj/g
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (found.length >= budget.limits.objects) break
    found.push({ number: Number(match[1]), generation: Number(match[2]), offset: match.index })
    stream.lastIndex = pattern.lastIndex
    const next = stream.exec(text)
    if (next?.[0] === 'endobj') pattern.lastIndex = stream.lastIndex
    if (!next?.[0].startsWith('stream')) continue
    const end = text.indexOf('endstream', stream.lastIndex)
    if (end < 0) break
    pattern.lastIndex = end
  }
  return found
}

import type { Labels } from '../vocabulary/labels.ts'
import { conjunctions, joints } from '../vocabulary/vocabulary.ts'
import type { Flow } from './values.ts'

/** What ends what is said of a value. */
export const clauseEnd = new RegExp(`[;|·•\\n]|\\.\\s|,\\s|(?<!\\p{L})(?:${conjunctions})(?!\\p{L})`, 'giu')
const openJoint = new RegExp(`(?<!\\p{L})(?:${joints})\\s*$`, 'iu')

/** The words before the first value, behind the name that `mentioned` ends. */
export function leadOf(content: Flow, mentioned: number): string {
  const first = content.values[0]
  return content.text.slice(first && first.from < mentioned ? 0 : mentioned, first?.from)
}

/** Of the words between two values, which belong to the one before them and which to the one after. */
export function shareWords(
  before: string,
  after: string,
  follows: boolean,
  leads: boolean,
  lead: string,
  labels: Labels,
): { own: string; tail: string } {
  // Most cells of a table are a figure alone.
  if (after === '' && before.trim() === '') return { own: before, tail: '' }
  const breaks = [...before.matchAll(clauseEnd)]
  const lastBreak = breaks.at(-1)
  let own = before
  if (follows && lastBreak) own = before.slice(lastBreak.index + lastBreak[0].length)
  const isTyped = (text: string) => labels.read(text).types.length > 0
  const unitsFollow = isTyped(after) && !isTyped(lead) && !isTyped(own)
  const labelsLead = !unitsFollow && (/\p{L}/u.test(lead) || (!follows && /\p{L}/u.test(before)))
  // What stands before an open bracket was said of the value before it.
  const opening = /[([][^()[\]]*$/u.exec(own)
  if (follows && opening) own = own.slice(opening.index)
  const firstBreak = [...after.matchAll(clauseEnd)][0]
  const upToBreak = after.slice(0, firstBreak?.index)
  // What an open bracket introduces belongs to the value inside it.
  const closed = Math.max(upToBreak.lastIndexOf(')'), upToBreak.lastIndexOf(']')) + 1
  const opened = upToBreak.slice(closed).search(/[([]/)
  const isEnded = firstBreak !== undefined || opened >= 0
  const leadsOver = (labelsLead && leads) || openJoint.test(after) || /:\s*$/u.test(after)
  if (!isEnded && leadsOver) return { own, tail: '' }
  const tail = opened < 0 ? upToBreak : upToBreak.slice(0, closed + opened)
  return { own, tail }
}

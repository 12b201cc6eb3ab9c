import { isUtf8 } from 'node:buffer'
import { counted, type Problem } from './problem.ts'

/** An object that its cross-reference expects elsewhere than it stands. */
export interface Drift {
  expected: number
  found: number
}

/** The symptoms from which causes are concluded. */
export interface Symptoms {
  drifts: Drift[]
  wrongLengths: number
  damagedStreams: number
}

const windows1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'
const oneByteText = new RegExp(`^[\\0-\\xff${windows1252}]*$`)

/** What happened to the bytes on their way, told from symptoms; a file without any is never suspected. */
export function damageOnTheWay(text: string, bytes: Buffer, symptoms: Symptoms): Problem[] {
  const isSound = symptoms.drifts.length + symptoms.wrongLengths + symptoms.damagedStreams === 0
  return isSound ? [] : (asText(text, bytes, symptoms) ?? lineEndings(text, bytes, symptoms) ?? [])
}

function problem(code: Problem['code'], message: string, { damagedStreams }: Symptoms): Problem[] {
  const severity = damagedStreams > 0 ? 'broken' : 'defect'
  return [{ code, severity, message, section: code === 'line-endings' ? '7.3.8' : '7.5.2' }]
}

function asText(text: string, bytes: Buffer, symptoms: Symptoms): Problem[] | undefined {
  const replaced = occurrences(text, '\xef\xbf\xbd')
  const high = highBytes(bytes)
  if (replaced > 0 && (isUtf8(bytes) || (replaced > 20 && replaced * 3 > high / 2))) {
    const message = `decoded as UTF-8 on its way (EF BF BD ${counted(replaced, 'time')})`
    return problem('decoded-as-text', message, symptoms)
  }
  if (high >= 8 && isUtf8(bytes) && oneByteText.test(bytes.toString('utf8'))) {
    const message = `read as Latin-1 and written as UTF-8 on its way (${counted(high, 'byte')} above 127)`
    return problem('decoded-as-text', message, symptoms)
  }
  if (high === 0 && symptoms.damagedStreams > 0) {
    const message = 'written as 7-bit text on its way: no byte above 127 is left'
    return problem('decoded-as-text', message, symptoms)
  }
  return undefined
}

function lineEndings(text: string, bytes: Buffer, symptoms: Symptoms): Problem[] | undefined {
  const rewritten = (how: string) =>
    problem('line-endings', `line endings rewritten on its way (${how})`, symptoms)
  const pairs = occurrences(text, '\r\n')
  const feeds = occurrences(text, '\n')
  const drifts = symptoms.drifts.toSorted((a, b) => a.found - b.found)
  if (pairs === feeds && pairs > 0 && drifts.length > 0 && growWithLines(text, drifts))
    return rewritten('LF to CRLF')
  if (pairs === 0 && feeds > 0 && shrinkWithLines(text, drifts, symptoms)) return rewritten('CRLF to LF')
  // In compressed data every byte value turns up; 800 bytes above 127 mean some six of each.
  const isBinary = highBytes(bytes) > 800
  if (isBinary && symptoms.damagedStreams > 0 && !text.includes('\r')) return rewritten('CR to LF')
  if (isBinary && symptoms.damagedStreams > 0 && feeds === 0) return rewritten('LF to CR')
  return undefined
}

/** Whether each object moved back by a byte for each line before it, those aside that ended in CR LF already. */
function growWithLines(text: string, drifts: Drift[]): boolean {
  let agreeing = 0
  for (const { drift, lines } of withLines(text, drifts))
    if (-drift <= lines && -drift * 2 >= lines) agreeing++
  return agreeing * 10 >= drifts.length * 9
}

/** Whether objects moved forward more and more, never by more than one byte for each line before them. */
function shrinkWithLines(text: string, drifts: Drift[], { wrongLengths }: Symptoms): boolean {
  const moved = withLines(text, drifts)
  const first = moved[0]
  const last = moved.at(-1)
  if (!first || !last || (first.drift === last.drift && wrongLengths === 0)) return false
  return moved.every(
    ({ drift, lines }, i) => drift > 0 && drift <= lines && drift >= (moved[i - 1]?.drift ?? 0),
  )
}

function withLines(text: string, drifts: Drift[]): { drift: number; lines: number }[] {
  let lines = 0
  let at = 0
  return drifts.map(({ expected, found }) => {
    for (; at < found; at++) if (text.charCodeAt(at) === 10) lines++
    return { drift: expected - found, lines }
  })
}

function occurrences(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

function highBytes(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte >= 0x80) count++
  return count
}

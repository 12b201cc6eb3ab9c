import { isUtf8 } from 'node:buffer'
import { counted, type Problem } from './problem.ts'

/** Where the cross-reference says that an object begins, and where it does. */
export interface OffsetError {
  expected: number
  found: number
}

/** The symptoms from which causes are concluded. */
export interface Symptoms {
  offsetErrors: OffsetError[]
  wrongLengths: number
  damagedStreams: number
}

const windows1252 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ'
const oneByteText = new RegExp(`^[\\0-\\xff${windows1252}]*$`)

/** What a transfer did to the bytes, concluded from symptoms; nothing for a file without any. */
export function findTransferCorruption(text: string, bytes: Buffer, symptoms: Symptoms): Problem[] {
  const { offsetErrors, wrongLengths, damagedStreams } = symptoms
  if (offsetErrors.length + wrongLengths + damagedStreams === 0) return []
  return asText(text, bytes, symptoms) ?? lineEndings(text, bytes, symptoms) ?? []
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
  const offsetErrors = symptoms.offsetErrors.toSorted((a, b) => a.found - b.found)
  if (pairs === feeds && pairs > 0 && offsetErrors.length > 0 && growWithLines(text, offsetErrors))
    return rewritten('LF to CRLF')
  if (pairs === 0 && feeds > 0 && shrinkWithLines(text, offsetErrors, symptoms))
    return rewritten('CRLF to LF')
  // In compressed data every byte value turns up; 800 bytes above 127 mean some six of each.
  const isBinary = highBytes(bytes) > 800
  if (isBinary && symptoms.damagedStreams > 0 && !text.includes('\r')) return rewritten('CR to LF')
  if (isBinary && symptoms.damagedStreams > 0 && feeds === 0) return rewritten('LF to CR')
  return undefined
}

/** Whether most objects begin later by a byte for each line before them, or half of that where some had CR LF. */
function growWithLines(text: string, offsetErrors: OffsetError[]): boolean {
  let agreeing = 0
  for (const { shift, lines } of withLines(text, offsetErrors))
    if (-shift <= lines && -shift * 2 >= lines) agreeing++
  return agreeing * 10 >= offsetErrors.length * 9
}

/** Whether objects begin earlier, by more and more, never by more than one byte for each line before them. */
function shrinkWithLines(text: string, offsetErrors: OffsetError[], { wrongLengths }: Symptoms): boolean {
  const moved = withLines(text, offsetErrors)
  const first = moved[0]
  const last = moved.at(-1)
  if (!first || !last || (first.shift === last.shift && wrongLengths === 0)) return false
  return moved.every(
    ({ shift, lines }, i) => shift > 0 && shift <= lines && shift >= (moved[i - 1]?.shift ?? 0),
  )
}

/** By how much each object begins earlier than expected, and the line feeds before it. */
function withLines(text: string, offsetErrors: OffsetError[]): { shift: number; lines: number }[] {
  let lines = 0
  let at = 0
  return offsetErrors.map(({ expected, found }) => {
    for (; at < found; at++) if (text.charCodeAt(at) === 10) lines++
    return { shift: expected - found, lines }
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

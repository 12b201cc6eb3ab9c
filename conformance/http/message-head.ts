import type { Breach } from './breach.ts'
import type { HeaderField } from './response.ts'

/** The most that a head, or all interim responses together, may take; servers themselves allow 8 to 64 KiB. */
export const maxHeadBytes = 256 * 1024

interface RawHead {
  /** Status line and header section, without the empty line. */
  head: string
  /** Where the bytes after the empty line begin. */
  next: number
  /** Whether the empty line has arrived. */
  isWhole: boolean
}

/** The head that begins at this offset, read as Latin-1 so that no byte is lost. */
export function readHead(bytes: Buffer, at: number): RawHead {
  const limit = Math.min(bytes.length, at + maxHeadBytes)
  for (let end = bytes.indexOf('\n', at); end >= 0 && end < limit; end = bytes.indexOf('\n', end + 1)) {
    const next = end + (bytes[end + 1] === 0x0d ? 2 : 1)
    if (bytes[next] !== 0x0a) continue
    const last = end > at && bytes[end - 1] === 0x0d ? end - 1 : end
    return { head: bytes.toString('latin1', at, last), next: next + 1, isWhole: true }
  }
  return { head: bytes.toString('latin1', at, limit), next: bytes.length, isWhole: false }
}

/** Whether bytes hold the whole head of a final response, so that a body is due. */
export function hasFinalHead(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; ) {
    const { head, next, isWhole } = readHead(bytes, at)
    if (!isWhole) return false
    if (!/^HTTP\/1\.[01] 1(?!01)/.test(head)) return true
    at = next
  }
  return false
}

/** The status and the headers of a head. The status is 0 where the status line cannot be read. */
export function parseHead(head: string): { status: number; headers: HeaderField[]; breaches: Breach[] } {
  const [statusLine = '', ...lines] = head.split(/\r?\n/)
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1] ?? 0)
  const unreadable = {
    section: '4',
    message: `the status line reads ${JSON.stringify(statusLine.slice(0, 80))}`,
  }
  const parsed = groupFolded(lines).map(parseHeader)
  return {
    status,
    headers: parsed.map(({ header }) => header),
    breaches: [...(status ? [] : [unreadable]), ...parsed.flatMap(({ breaches }) => breaches)],
  }
}

/** A line that begins with a blank continues the one before (RFC 9112 §5.2). */
function groupFolded(lines: string[]): string[][] {
  const groups: string[][] = []
  for (const line of lines) {
    if (groups.length > 0 && isFolded(line)) groups.at(-1)!.push(line)
    else groups.push([line])
  }
  return groups
}

const isFolded = (line: string) => /^[ \t]/.test(line)

function parseHeader([line = '', ...folded]: string[]): { header: HeaderField; breaches: Breach[] } {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(colon, 0)).trimEnd()
  const first = colon < 0 ? '' : line.slice(colon + 1)
  const value = [first, ...folded].map((part) => part.trim()).join(' ')
  const breaches: Breach[] = []
  const fold = [line, ...folded].find(isFolded)
  if (fold !== undefined)
    breaches.push({
      section: '5.2',
      message: `a field is folded over lines: ${JSON.stringify(fold.slice(0, 60))}`,
    })
  if (fold !== line && !/^[!#$%&'*+.^_`|~\dA-Za-z-]+$/.test(name))
    breaches.push({ section: '5', message: `not a header field: ${JSON.stringify(line.slice(0, 60))}` })
  else if (name.length < colon)
    breaches.push({ section: '5.1', message: `white space between ${name} and its colon` })
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test([first, ...folded].join('')))
    breaches.push({ section: '5', message: `a control character in the value of ${name}` })
  return { header: [name, value.trim()], breaches }
}

import type { Organization } from '../../../fixtures/organization.ts'
import type { RunContext } from '../../engine/context.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import { isPdf } from './assertions.ts'

/** Names and ids by which data of others is recognized, without those that the reader's own data contains. */
export function canariesOf(theirs: Organization[], own: Organization[]): string[] {
  const namesOf = ({ id, name, external_id: externalId }: Organization) => [id, name, externalId ?? '']
  const known = plain(own.flatMap(namesOf).join('\n'))
  return theirs
    .flatMap(namesOf)
    .filter((canary) => canary.trim().length >= 4 && !known.includes(plain(canary)))
}

/** Those of these names that a response says as whole words, in its headers or in its body. */
export async function canariesIn(
  response: ReceivedResponse,
  context: RunContext,
  canaries: string[],
): Promise<string[]> {
  const texts = [textOfHeaders(response), ...(await textsOfBody(response, context))]
  const words = new Map(canaries.map((canary) => [canary, plain(canary)]))
  const found = new Set<string>()
  for (const text of texts)
    for (const window of windowsOf(text))
      for (const [canary, sought] of words) if (hasWords(window, sought)) found.add(canary)
  return [...found]
}

function hasWords(text: string, words: string): boolean {
  const at = text.indexOf(words)
  return at >= 0 && !/[\p{L}\p{N}]/u.test(text[at - 1]! + text[at + words.length]!)
}

const windowLength = 2 ** 20

/** Longer than a name, escapes included. */
const overlap = 8192

/**
 * A text in parts that overlap, as it is and with escapes undone, in the form in which names are compared: to bring a long
 * one into it at once takes many times its memory. No name is looked for at an edge, where it may begin in the middle of a
 * word: it stands in the next part too.
 */
function* windowsOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += windowLength) {
    const end = at + windowLength
    const window = text.slice(Math.max(0, at - overlap), end)
    const [before, after] = [at === 0 ? ' ' : 'x', end >= text.length ? ' ' : 'x']
    for (const spelling of new Set([window, unescaped(window)])) yield before + plain(spelling) + after
  }
}

/** The headers of a response as text: as received, and decoded as UTF-8. */
function textOfHeaders({ headers }: Pick<ReceivedResponse, 'headers'>): string {
  const said = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  return [said, Buffer.from(said, 'latin1').toString('utf8')].join('\n')
}

/**
 * The body of a response as text; of a PDF its pages, metadata, attachments and earlier revisions, the strings of its
 * objects (bookmarks, notes, what no page uses), and what stands between the objects or behind the end.
 */
async function textsOfBody({ body }: ReceivedResponse, { documents }: RunContext): Promise<string[]> {
  if (!isPdf({ body })) return [body.toString('utf8')]
  const { body: structure } = await documents.structure(body)
  const earlier = structure?.revisions.slice(0, -1).map(({ end }) => body.subarray(0, end)) ?? []
  const pages = await Promise.all([body, ...earlier].map((bytes) => documents.lines(bytes)))
  const attachments = structure?.attachments.flatMap(({ name, bytes }) => [
    name,
    Buffer.from(bytes ?? []).toString('utf8'),
  ])
  const { info = {}, xmp = '' } = structure?.metadata ?? {}
  const inside = [
    ...pages.flat(2),
    ...Object.values(info),
    xmp,
    ...(attachments ?? []),
    ...(structure?.strings ?? []),
  ]
  return [inside.join('\n'), outsideOfStreams(body)]
}

/** The bytes of a PDF file, read as UTF-8, without the data of its streams, where anything may occur by chance. */
function outsideOfStreams(body: Buffer): string {
  const kept: Buffer[] = []
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('endstream', at)
    const piece = body.subarray(at, end < 0 ? body.length : end)
    const data = end < 0 ? -1 : piece.toString('latin1').search(/\bstream\r?\n/)
    kept.push(data < 0 ? piece : piece.subarray(0, data))
    at += piece.length + 'endstream'.length
  }
  return Buffer.concat(kept.flatMap((piece) => [piece, Buffer.from(' ')])).toString('utf8')
}

/** Escapes of JSON, of URLs and of XML undone. */
function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replaceAll('&amp;', '&')
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

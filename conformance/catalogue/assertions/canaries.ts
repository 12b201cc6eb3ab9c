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

/** The first of these that occurs in a text as a whole word. */
export function findCanary(text: string, canaries: string[]): string | undefined {
  const words = ` ${plain(text)} `
  return canaries.find((canary) => {
    const at = words.indexOf(plain(canary))
    if (at < 0) return false
    const around = words[at - 1]! + words[at + plain(canary).length]!
    return !/[\p{L}\p{N}]/u.test(around)
  })
}

/** The headers of a response as text: as received, decoded as UTF-8, and with escapes undone. */
export function textOfHeaders({ headers }: Pick<ReceivedResponse, 'headers'>): string {
  const said = headers.map(([name, value]) => `${name}: ${value}`).join('\n')
  return [said, Buffer.from(said, 'latin1').toString('utf8'), unescaped(said)].join('\n')
}

/**
 * The body of a response as text; of a PDF its pages, metadata, attachments and earlier revisions, the strings of its
 * objects (bookmarks, notes, what no page uses), and what stands between the objects or behind the end.
 */
export async function textOfBody({ body }: ReceivedResponse, { documents }: RunContext): Promise<string> {
  if (!isPdf({ body })) return [body.toString('utf8'), unescaped(body.toString('utf8'))].join('\n')
  const { body: structure } = await documents.structure(body)
  const earlier = structure?.revisions.slice(0, -1).map(({ end }) => body.subarray(0, end)) ?? []
  const pages = await Promise.all([body, ...earlier].map((bytes) => documents.lines(bytes)))
  const attachments = structure?.attachments.flatMap(({ name, bytes }) => [
    name,
    Buffer.from(bytes ?? []).toString('utf8'),
  ])
  const { info = {}, xmp = '' } = structure?.metadata ?? {}
  return [
    ...pages.flat(2),
    ...Object.values(info),
    unescaped(xmp),
    ...(attachments ?? []),
    ...(structure?.strings ?? []),
    outsideOfStreams(body),
  ].join('\n')
}

/** The bytes of a PDF file, read as UTF-8, without the data of its streams, where anything may occur by chance. */
function outsideOfStreams(body: Buffer): string {
  const kept = body
    .toString('latin1')
    .split(/\bendstream\b/)
    .map((piece, index, { length }) => (index < length - 1 ? piece.split(/\bstream\r?\n/, 1)[0] : piece))
  return Buffer.from(kept.join(' '), 'latin1').toString('utf8')
}

/** Escapes of JSON, of URLs and of XML undone. */
function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replaceAll('&amp;', '&')
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()

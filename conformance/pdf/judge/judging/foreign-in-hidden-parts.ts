import { linesOf } from '../../pages/page.ts'
import { readText } from '../../pages/read-pages.ts'
import type { Body, Structure } from '../../structure/structure.ts'
import type { Expectation } from '../reading/expectation.ts'
import { keyOf } from '../reading/normalize.ts'
import type { Finding } from './finding.ts'

/** Earlier revisions that are read; a file with more is no report. */
const mostRevisions = 8

/**
 * Organizations of others that the file holds where no page shows them: in an earlier revision, in the metadata, in
 * an attachment. `bytes` are those that the structure was read from.
 */
export async function findForeignInHiddenParts(
  bytes: Uint8Array,
  { body }: Structure,
  { organizations, foreign = [] }: Expectation,
): Promise<Finding[]> {
  if (!body || foreign.length === 0) return []
  const own = organizations.flatMap(({ id, name }) => [keyOf(id), keyOf(name)])
  const others = foreign.flatMap(({ id, name }) =>
    [id, name]
      .map((text) => ({ id, name, key: keyOf(text) }))
      // What an own name contains, or is too short to be told from a word, proves nothing.
      .filter(({ key }) => key.length >= 5 && !own.some((known) => known.includes(key))),
  )
  const seen = new Set<string>()
  return (await placesBehind(bytes, body)).flatMap(({ place, text }) => {
    const key = keyOf(text)
    return others.flatMap(({ id, name, key: other }): Finding[] => {
      if (seen.has(id) || !key.includes(other)) return []
      seen.add(id)
      return [
        {
          kind: 'foreign-organization',
          organization: id,
          name,
          message: `${name} does not belong to the workspace, but is in ${place} of the file`,
        },
      ]
    })
  })
}

async function placesBehind(bytes: Uint8Array, body: Body): Promise<{ place: string; text: string }[]> {
  const { revisions, metadata, attachments } = body
  const places = [
    { place: 'the metadata', text: [...Object.values(metadata.info), metadata.xmp].join('\n') },
    ...attachments.map(({ name, bytes: content = [] }) => ({
      place: `the attachment ${name}`,
      text: `${name}\n${Buffer.from(content).toString('utf8')}`,
    })),
  ]
  for (const { end } of revisions.slice(0, -1).slice(-mostRevisions))
    places.push({ place: 'an earlier revision', text: await textOfRevision(bytes.subarray(0, end)) })
  return places
}

/** Empty where the earlier revision alone is no document. */
async function textOfRevision(bytes: Uint8Array): Promise<string> {
  try {
    return (await readText(bytes)).flatMap(linesOf).join('\n')
  } catch {
    return ''
  }
}

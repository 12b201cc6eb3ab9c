import type { Comparison } from './comparison.ts'
import type { Element } from './element.ts'
import { canonical } from './equality.ts'
import { isWider, mediaTypeName } from './media-type.ts'
import { pairs } from './pairing.ts'
import { formatsIn, partsOf, typesOf } from './schema/parts.ts'
import type { Notation } from './schema/visit.ts'

type Kind = 'request' | 'response'

/**
 * Media Type Objects by name (OAS 3.0.3 §4.7.14), of a request or of the response with the given status. A media type
 * is described by its own entry or by a range that contains it.
 */
export function compareContent(
  comparison: Comparison,
  base: Element,
  head: Element,
  kind: Kind,
  status?: string,
) {
  const types = pairs(base.get('content'), head.get('content'), mediaTypeName)
  const [removed, added]: [string, Element][][] = [[], []]
  for (const [name, was, is] of types) {
    const [before, after] = [was ?? containing(base, name), is ?? containing(head, name)]
    if (before && after) compareMediaType(comparison, kind, name, before, after)
    else if (is) added?.push([name, is])
    else if (was) removed?.push([name, was])
  }
  const [[gone] = [], [come] = []] = [removed, added]
  if (types.length === 2 && gone && come) {
    comparison.report(`${kind}-media-type-changed`, come[1], { from: gone[0], to: come[0], status })
    return
  }
  for (const [name, is] of added ?? []) comparison.report(`${kind}-media-type-added`, is, { name, status })
  for (const [name, was] of removed ?? []) {
    const isNarrowed = kind === 'response' && types.some(([other, , is]) => is && isWider(name, other))
    comparison.report(isNarrowed ? 'response-media-type-narrowed' : `${kind}-media-type-removed`, was, {
      name,
      status,
    })
  }
}

const containing = (message: Element, name: string) =>
  message
    .get('content')
    ?.entries()
    .find(([other]) => isWider(other, name))?.[1]

function compareMediaType(comparison: Comparison, kind: Kind, name: string, was: Element, is: Element) {
  comparison.documentation([was, is], ['example', 'examples'])
  if (kind === 'request') compareEncoding(comparison, was, is)
  if (isOpaque(was) && isOpaque(is)) return
  const direction = kind === 'request' ? 'sent' : 'received'
  comparison.schema([was, was.get('schema')], [is, is.get('schema')], direction, notationOf(name))
}

const notationOf = (mediaType: string): Notation =>
  /\bxml$/i.test(mediaType)
    ? 'xml'
    : /^(application\/x-www-form-urlencoded|multipart\/.*)$/i.test(mediaType)
      ? 'text'
      : 'json'

/** Binary content, of which a schema says nothing (§4.7.14.2). */
function isOpaque(mediaType: Element): boolean {
  const schema = mediaType.get('schema')
  const isEmpty = !schema || Object.keys(schema.value as object).length === 0
  const isBinary = schema !== undefined && formatsIn(partsOf(schema)).includes('binary')
  return isEmpty || (isBinary && (typesOf(schema)?.join() ?? 'string') === 'string')
}

/** Encoding Object: §4.7.15. Its `contentType` is a list. */
function compareEncoding(comparison: Comparison, base: Element, head: Element) {
  for (const [name, was, is] of pairs(base.get('encoding'), head.get('encoding'))) {
    if (canonical(was?.value) === canonical(is?.value)) continue
    comparison.report(howEncoded(was, is), (is ?? was)!, { name })
  }
}

function howEncoded(was: Element | undefined, is: Element | undefined) {
  const [from, to] = [was, is].map((encoding) =>
    encoding
      ?.read<string>('contentType')
      ?.split(',')
      .map((type) => type.trim()),
  )
  const [before, after] = [was, is].map((encoding) =>
    canonical({ ...(encoding?.value as object), contentType: undefined }),
  )
  if (!from || !to || before !== after) return 'encoding-changed'
  if (from.every((type) => to.includes(type))) return 'encoding-widened'
  return to.every((type) => from.includes(type)) ? 'encoding-narrowed' : 'encoding-changed'
}

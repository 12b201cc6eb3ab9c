import type { RunContext } from '../../engine/context.ts'
import type { Target } from '../../engine/target.ts'
import { headerValue, mediaTypeOf, type ReceivedResponse } from '../../http/response.ts'
import { isPdf } from './assertions.ts'
import { canariesIn, canariesOf } from './canaries.ts'
import { timeless } from './timeless.ts'

/**
 * What of the member's document a response gives away, in a few words: its content, its head or its entity tag, or an
 * organization. Undefined where it gives away nothing, as a list of methods does.
 */
export async function disclosureIn(
  response: ReceivedResponse,
  target: Target,
  context: RunContext,
): Promise<string | undefined> {
  const etag = headerValue(await target.request(), 'etag')
  if (isPdf(response)) return `a PDF of ${response.body.length} bytes`
  const isServed = response.status < 400 && mediaTypeOf(response) === context.operation.mediaType
  if (isServed) return 'the head of the document'
  if (etag !== undefined && headerValue(response, 'etag') === etag) return 'the entity tag of the document'
  if (!context.profile.workspace.organizations) return undefined
  const canaries = canariesOf(await context.organizations(), await context.outsidersOrganizations())
  const [found] = await canariesIn(response, context, canaries)
  return found && `the name ${found}`
}

/**
 * Tells the outsider's own document from others, by what it says: routers that drop path parameters (RFC 3986 §3.3) or
 * resolve dot segments serve it for paths that name two workspaces. A document that equals the member's never counts.
 */
export async function recognizeOutsidersOwn(
  target: Target,
  { documents, profile }: RunContext,
): Promise<(response: ReceivedResponse) => Promise<boolean>> {
  const workspace = profile.actors.outsider?.workspace
  if (workspace === undefined) return async () => false
  // Looked into before any response is judged, so that of a failure the response that shows it is the last one.
  const { body: own } = await target.request({ as: 'outsider', workspace })
  const { body: members } = await target.request()
  const say = async (body: Buffer) => timeless(await documents.lines(body))
  return async (response) => {
    if (!isPdf({ body: own }) || !isPdf(response)) return false
    const said = await say(response.body)
    return said === (await say(own)) && said !== (await say(members))
  }
}

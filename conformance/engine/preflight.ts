import { type Clock, systemClock } from '../http/clock.ts'
import { pathOfNothing } from '../http/request.ts'
import { headerValue, mediaTypeOf, type ReceivedResponse } from '../http/response.ts'
import { NoResponseError } from '../http/transport.ts'
import { NotStartedError, SetupError } from '../setup-error.ts'
import { explainChangedAnswer, explainRefusedToken } from './refused-member.ts'
import type { Session } from './session.ts'
import { explainUnreachable } from './unreachable.ts'

/** A deployment that has just started may fail at first. Milliseconds to wait before it is asked again. */
const startUpWaits = [1000, 2000, 4000, 8000]

/**
 * Requests the export as the member, which every check depends on; again where the deployment fails, since it may have
 * just started. Returns what to fix where nothing can be said about the deployment, else undefined.
 */
export async function preflight(
  { deployment, context }: Session,
  clock: Clock = systemClock,
): Promise<string | undefined> {
  const { id } = context.profile.workspace
  try {
    const response = await requestUntilStarted({ deployment }, clock)
    const { status } = response
    if (status === 401) return await explainRefusedToken(response, { deployment, context })
    if (status === 403)
      return `the member may not export ${id} (403): give a token of somebody who may, or another workspace.id`
    if (status === 404)
      return `there is no workspace ${id} at ${context.base.href} (404): check workspace.id and the base URL`
    return await detectInterceptor(response, { deployment, context })
  } catch (error) {
    if (error instanceof NoResponseError) return explainUnreachable(error, context.base.href)
    if (error instanceof SetupError) return error.message
    throw error
  }
}

async function requestUntilStarted(
  { deployment }: Pick<Session, 'deployment'>,
  clock: Clock,
): Promise<ReceivedResponse> {
  const request = () => deployment.viewFor().request()
  for (const waitMs of startUpWaits) {
    const response = await request().catch((error: unknown) => {
      if (error instanceof NotStartedError) return undefined
      throw error
    })
    if (response && response.status < 500) return response
    await clock.sleep(waitMs)
    deployment.forgetAnswers()
  }
  return request()
}

/** Detects a login page or gateway by requesting a path that does not exist, without credentials. */
async function detectInterceptor(
  response: ReceivedResponse,
  { deployment, context }: Pick<Session, 'deployment' | 'context'>,
): Promise<string | undefined> {
  const interceptor = interceptorOf(response)
  if (interceptor === undefined) return undefined
  const elsewhere = await deployment.viewFor().request({ as: 'nobody', path: pathOfNothing })
  if (interceptorOf(elsewhere) !== interceptor) return undefined
  return `${context.base.href} answers everybody at every address with ${interceptor}: check the base URL, that the deployment runs, and what stands before it (a login?)`
}

function interceptorOf(response: ReceivedResponse): string | undefined {
  const { status } = response
  if (status === 200 && mediaTypeOf(response) === 'text/html') return 'an HTML page (200)'
  const location = headerValue(response, 'location')
  if (status >= 502 && status <= 504) return `the ${status} of a gateway`
  const isRedirect = status >= 300 && status < 400 && location !== undefined
  return isRedirect ? `a redirect to ${location.replace(/[?#].*/s, '')} (${status})` : undefined
}

/** Repeats the request after the last check. Returns why refusals prove nothing where the member is refused by then. */
export async function recheckMember({ deployment, context }: Session): Promise<string | undefined> {
  try {
    const before = await deployment.viewFor().request()
    const after = await deployment.viewFor().request({ fresh: true })
    if (after.status === before.status) return undefined
    return await explainChangedAnswer(before, after, { deployment, context })
  } catch (error) {
    return `at the end of the run the member got no answer: ${(error as Error).message}`
  }
}

import type { Mutation } from '../catalogue/check.ts'
import { parseMessage } from '../http/message.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'
import type { Received } from '../http/sender.ts'
import type { RunContext } from './context.ts'

/** A mutation, with what it needs to know of the run. */
export interface AppliedMutation {
  mutation: Mutation
  context: RunContext
}

/** The request that is sent in the place of the check's own. */
export function mutateRequest(request: RequestSpec, applied: AppliedMutation | undefined): RequestSpec {
  return applied?.mutation.request?.(request, applied.context) ?? request
}

/** The response that the check sees. `request` is the check's own, `method` the one that was sent. */
export async function mutateResponse(
  { response, raw }: Received,
  request: RequestSpec,
  method: string,
  applied: AppliedMutation | undefined,
): Promise<ReceivedResponse> {
  if (!applied) return response
  const { mutation, context } = applied
  const bytes = raw && mutation.raw?.(raw.bytes, request)
  const parsed = bytes ? parseMessage(bytes, method, raw.timing, raw.end) : response
  if (!mutation.response) return parsed
  return { ...parsed, ...(await mutation.response(copyOf(parsed), request, context)) }
}

/** structuredClone alone would turn the Buffer into a Uint8Array. */
function copyOf({ body, ...rest }: ReceivedResponse): ReceivedResponse {
  return { ...structuredClone(rest), body: Buffer.from(body) }
}

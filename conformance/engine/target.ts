import type { RawResponse } from '../http/message.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'

/** A request of the run that was answered. */
export interface AnsweredRequest {
  method: string
  /** As sent, with the query. */
  path: string
  /** As the check described it. */
  spec: RequestSpec
  response: ReceivedResponse
}

/** The deployment as one check sees it. The same request is sent once in a run, unless it is `fresh`. */
export interface Target {
  /** The response as an ordinary client receives it. */
  request(request?: RequestSpec): Promise<ReceivedResponse>
  /** The response as it came over a raw socket, with what an ordinary client hides or repairs. */
  requestRaw(request?: RequestSpec): Promise<RawResponse>
  /**
   * What `find` returns for the first response of the whole run so far for which it returns anything, whichever check
   * sent the request; the exchange becomes evidence of this check. A check that uses it `readsWholeRun`.
   */
  findInRun(find: (answered: AnsweredRequest) => string | undefined): string | undefined
}

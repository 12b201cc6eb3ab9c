import type { RawResponse } from '../http/message.ts'
import type { RequestSpec } from '../http/request.ts'
import type { ReceivedResponse } from '../http/response.ts'

/** The deployment as one check sees it. The same request is sent once in a run, unless it is `fresh`. */
export interface Target {
  /** The response as an ordinary client receives it. */
  request(request?: RequestSpec): Promise<ReceivedResponse>
  /** The response as it came over a raw socket, with what an ordinary client hides or repairs. */
  requestRaw(request?: RequestSpec): Promise<RawResponse>
}

const conflict = { status: 409, type: 'conflict_error', title: 'Conflict' }
const unprocessable = { status: 422, type: 'unprocessable_entity', title: 'Unprocessable Content' }

/**
 * Every way in which a request can be refused. `type` is the family of the error as the public
 * documentation prints it where it does (`conflict_error`, `unprocessable_entity`).
 */
const problems = {
  bad_request: { status: 400, type: 'invalid_request_error', title: 'Bad Request' },
  unauthorized: { status: 401, type: 'authentication_error', title: 'Unauthorized' },
  forbidden: { status: 403, type: 'permission_error', title: 'Forbidden' },
  not_found: { status: 404, type: 'not_found_error', title: 'Not Found' },
  cancellation_would_underprovision: conflict,
  member_exists: conflict,
  organization_has_usage: conflict,
  workspace_archived: conflict,
  workspace_not_empty: conflict,
  active_subscriptions_exist: unprocessable,
  billing_account_not_allowed: unprocessable,
  billing_account_not_found: unprocessable,
  billing_account_required: unprocessable,
  cannot_detach_default_with_subscriptions: unprocessable,
  cannot_remove_last_owner: unprocessable,
  child_limit_reached: unprocessable,
  hierarchy_too_deep: unprocessable,
  limit_below_usage: unprocessable,
  limit_exceeds_parent: unprocessable,
  limit_exceeds_subscription: unprocessable,
  member_limit_reached: unprocessable,
  organization_limit_reached: unprocessable,
  method_not_allowed: { status: 405, type: 'invalid_request_error', title: 'Method Not Allowed' },
  not_acceptable: { status: 406, type: 'invalid_request_error', title: 'Not Acceptable' },
  precondition_failed: { status: 412, type: 'invalid_request_error', title: 'Precondition Failed' },
  content_too_large: { status: 413, type: 'invalid_request_error', title: 'Content Too Large' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', title: 'Unsupported Media Type' },
  range_not_satisfiable: { status: 416, type: 'invalid_request_error', title: 'Range Not Satisfiable' },
  rate_limited: { status: 429, type: 'rate_limit_error', title: 'Too Many Requests' },
  internal_error: { status: 500, type: 'api_error', title: 'Internal Server Error' },
  not_implemented: { status: 501, type: 'api_error', title: 'Not Implemented' },
  bad_gateway: { status: 502, type: 'api_error', title: 'Bad Gateway' },
  unavailable: { status: 503, type: 'api_error', title: 'Service Unavailable' },
} as const

export type ProblemCode = keyof typeof problems

export const problemMediaType = 'application/problem+json'

/** The one error that handlers throw: it names an error response. `detail` is written for the client to read. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly headers: Record<string, string>

  constructor(code: ProblemCode, detail: string, headers: Record<string, string> = {}, cause?: unknown) {
    // Nobody reads the stack of an expected refusal, and capturing it takes as long as the rest of the response.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(detail, { cause })
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.headers = headers
  }

  get status(): number {
    return problems[this.code].status
  }

  /** The family of the error, on which clients branch. */
  get type(): string {
    return problems[this.code].type
  }

  get title(): string {
    return problems[this.code].title
  }
}

/** A problem of the status, if there is one: the first of the codes given, or else of all. */
export function problemCodeFor(status: number, codes: readonly string[] = []): ProblemCode | undefined {
  return [...codes.filter(isProblemCode), ...Object.keys(problems).filter(isProblemCode)].find(
    (code) => problems[code].status === status,
  )
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code)
}

import type { CheckId } from '../catalogue/check.ts'
import type { Keyring } from '../credentials/keyring.ts'
import type { Redactor } from '../credentials/redaction/redactor.ts'
import { recipeCommand } from '../credentials/token-recipe.ts'
import type { RequestSpec } from '../http/request.ts'
import type { PreparedRequest } from '../http/transport.ts'
import type { DownloadOperation } from '../operations/download-operation.ts'
import { SetupError } from '../setup-error.ts'

/** What is decided once for all requests of a run. */
export interface RequestDefaults {
  operation: DownloadOperation
  /** With an optional path prefix; no trailing slash. */
  base: string
  workspace: string
  keyring: Keyring
  /** The file that the profile was read from. */
  profileFile: string
  /** Learns every credential before it is sent. */
  redactor: Redactor
  /** `altostrat-contract/1.0.0`; the id of the check is added to it. */
  userAgent: string
  /** Sent with every request, for instance because a gateway in front requires them. */
  extraHeaders?: Record<string, string>
}

/** The request with everything decided: path, credentials and headers. Throws SetupError for a missing token. */
export function prepareRequest(
  request: RequestSpec,
  defaults: RequestDefaults,
  check?: CheckId,
): PreparedRequest {
  const { operation, base, workspace, userAgent, extraHeaders } = defaults
  const prefix = new URL(base).pathname.replace(/\/$/, '')
  const path = request.path ?? operation.pathOf(request.workspace ?? workspace)
  const authorization = authorizationOf(request, defaults)
  const recipe = typeof authorization === 'string' ? recipeOf(request, authorization, defaults) : undefined
  return {
    method: request.method ?? 'GET',
    path: prefix + path + (request.query ? `?${request.query}` : ''),
    headers: {
      'User-Agent': check ? `${userAgent} ${check}` : userAgent,
      ...extraHeaders,
      ...(authorization !== undefined && { Authorization: authorization }),
      ...request.headers,
    },
    ...(request.version && { version: request.version }),
    ...(request.onSharedConnection && { onSharedConnection: true }),
    ...(recipe && { tokenCommand: recipeCommand(recipe, defaults.profileFile) }),
  }
}

/** What no field value may have (RFC 9110 §5.5). Clients refuse to send it. */
const unsendable = /[^\t\x20-\x7e\x80-\xff]/

/** Checks send such values raw; where one is left to a client it repeats what the deployment sent: throws SetupError. */
export function assertSendable({ headers }: Pick<PreparedRequest, 'headers'>): void {
  for (const [name, value] of Object.entries(headers))
    if ([value].flat().some((one) => unsendable.test(one)))
      throw new SetupError(
        `${name} cannot be sent as the deployment gave it: ${JSON.stringify(value)} has characters that no field value may have (RFC 9110 §5.5)`,
      )
}

/** Of the token of a request with other credentials than those of an actor. */
function recipeOf({ as }: RequestSpec, authorization: string, { keyring }: RequestDefaults) {
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? []
  return typeof as === 'object' && !as.isPublic && token !== undefined ? keyring.recipeOf(token) : undefined
}

function authorizationOf(
  { as = 'member' }: RequestSpec,
  { keyring, redactor }: RequestDefaults,
): string | string[] | undefined {
  if (as === 'nobody') return undefined
  if (typeof as === 'string') return `Bearer ${keyring.token(as)}`
  for (const value of as.isPublic ? [] : [as.authorization].flat()) {
    const token = value.replace(/^\S+ +/, '')
    // A word such as "undefined" is no secret, and replacing it would garble our own sentences.
    if (!/^[a-z]*$/i.test(token)) redactor.learn(token, as.label.replaceAll(/\W+/g, '_').toUpperCase())
  }
  return as.authorization
}

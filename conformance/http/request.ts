/** Whose credentials a request carries. */
export type Actor = 'member' | 'outsider' | 'nobody'

/** Values of the Authorization header, and what reports call them. */
export interface Credentials {
  authorization: string | string[]
  label: string
  /** They are made up, and hold no part of a secret: reports show them as they are. */
  isPublic?: true
}

/** A request for the operation of the run, unless `path` says otherwise. */
export interface RequestSpec {
  /** Default: GET. The suite only reads. */
  method?: 'GET' | 'HEAD' | 'OPTIONS'
  /** Default: the member. */
  as?: Actor | Credentials
  /** Default: the workspace of the profile. */
  workspace?: string
  /** The path below the base URL, sent byte for byte instead of the operation's. */
  path?: string
  /** Without the question mark. */
  query?: string
  /** Of several values each has a line of its own; an empty list leaves the field out, where the request is sent raw. */
  headers?: Record<string, string | string[]>
  /** Sends the request even if the run has sent the same one before. */
  fresh?: boolean
  /** As an HTTP/1.0 client sends it: over a raw socket. */
  version?: '1.0'
  /** Over one connection that such requests share, after those sent before; never shared with other checks. */
  onSharedConnection?: boolean
}

/** A path below the base URL that no deployment has. */
export const pathOfNothing = '/altostrat-contract/nothing-is-here'

/** A made-up token that is none: a developer may see it, to send the same request. */
export function garbage(token: string, label = 'garbage'): Credentials {
  return { ...bearer(token, label), isPublic: true }
}

/** Credentials with one header `Authorization: Bearer …`. */
export function bearer(token: string, label: string): Credentials {
  return { authorization: `Bearer ${token}`, label }
}

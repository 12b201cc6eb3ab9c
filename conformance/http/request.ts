/** Whose credentials a question carries. */
export type Actor = 'member' | 'outsider' | 'nobody'

/** Values for the Authorization field as they are, and a name for them in what is written. */
export interface Credentials {
  authorization: string | string[]
  label: string
}

/** The operation asked about, unless `path` says otherwise. */
export interface RequestSpec {
  /** The suite only reads. */
  method?: 'GET' | 'HEAD' | 'OPTIONS'
  /** Default: the member. */
  as?: Actor | Credentials
  /** Default: the workspace of the profile. */
  workspace?: string
  /** The path below the base URL, sent byte for byte instead of the operation's. */
  path?: string
  /** Without the question mark. */
  query?: string
  headers?: Record<string, string | string[]>
  /** Asks again even if the same question has been answered in this run. */
  fresh?: boolean
  /** As a client of HTTP/1.0 asks: over a raw socket. */
  version?: '1.0'
  /** Over one connection that such questions share, behind those sent there before; always asked again. */
  onSharedConnection?: boolean
}

/** Credentials with one `Authorization: Bearer …` field. */
export function bearer(token: string, label: string): Credentials {
  return { authorization: `Bearer ${token}`, label }
}

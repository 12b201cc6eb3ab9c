/** How a change strikes one side, from worst to best. */
export const impacts = ['breaking', 'risky', 'harmless'] as const
export type Impact = (typeof impacts)[number]

/** One difference between two contracts, as it matters to whoever uses them. */
export interface Change {
  /** The rule that judged it: stable, named in files of accepted breaks. */
  id: string
  /** JSON pointer (RFC 6901) into the document that `placeIn` names. */
  place: string
  placeIn: 'base' | 'head'
  /** `GET /path` of each operation that it reaches; none where it concerns the whole document. */
  operations: string[]
  message: string
  /** For a client that was built to the base and meets a server that honours the head. */
  client: Impact
  /** For a server that was built to the base and is held to the head. */
  server: Impact
  /** The worse of the two. */
  verdict: Impact
}

export const worst = (...given: Impact[]): Impact =>
  impacts.find((verdict) => given.includes(verdict)) ?? 'harmless'

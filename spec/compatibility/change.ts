/** What a change means for one side, worst first. */
export const impacts = ['breaking', 'risky', 'harmless'] as const
export type Impact = (typeof impacts)[number]

/** One difference between two contracts, and what it means for clients and servers. */
export interface Change {
  /** The rule that found it: a stable id, as files of accepted changes name it. */
  id: string
  /** JSON pointer (RFC 6901) into the document that `placeIn` names. */
  place: string
  placeIn: 'base' | 'head'
  /** `GET /path` of each operation that it affects; none where it concerns the whole document. */
  operations: string[]
  message: string
  /** For a client built to the base that calls a server built to the head. */
  client: Impact
  /** For a server built to the base that is held to the head. */
  server: Impact
  /** The worse of the two. */
  verdict: Impact
}

export const worstImpact = (...given: Impact[]): Impact =>
  impacts.find((impact) => given.includes(impact)) ?? 'harmless'

/** A breach of HTTP's message syntax or framing, in words. `section` is of RFC 9112. */
export interface Breach {
  section: string
  message: string
}

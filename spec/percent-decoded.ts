/** A text with its percent-encoding (RFC 3986 §2.1) undone; as it is where that is malformed. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Where the documents that a check may cite are found. */
const documents = {
  openapi: (anchor: string) => `spec/openapi.yaml#${anchor}`,
  report: (anchor: string) => `spec/report.md#${anchor}`,
  fetch: (anchor: string) => `https://fetch.spec.whatwg.org/#${anchor}`,
  asvs: (anchor: string) => `https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en#${anchor}`,
  owasp: (anchor: string) => `https://owasp.org/API-Security/editions/2023/en/${anchor}/`,
  iso32000: (anchor: string) => `https://pdfa.org/resource/iso-32000-2/#${anchor}`,
} as const

/** A passage of a normative document: `rfc9110#11.6.1`, `openapi#/paths/…`, `report#every-organization`. */
export type Source = `${keyof typeof documents}#${string}` | `rfc${number}#${string}`

export interface Citation {
  document: string
  anchor: string
  url: string
}

/** Document, anchor and address of a cited passage. */
export function cite(source: Source): Citation {
  const hash = source.indexOf('#')
  const document = source.slice(0, hash)
  const anchor = source.slice(hash + 1)
  return { document, anchor, url: urlOf(document, anchor) }
}

function urlOf(document: string, anchor: string): string {
  if (document in documents) return documents[document as keyof typeof documents](anchor)
  return `https://www.rfc-editor.org/rfc/${document}#section-${anchor}`
}

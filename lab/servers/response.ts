/** An HTTP response before it is written to the connection. Headers keep their order and may repeat. */
export interface ServedResponse {
  status: number
  headers: [name: string, value: string][]
  body: Buffer
}

export function response(
  status: number,
  headers: Record<string, string> = {},
  body: string | Buffer = '',
): ServedResponse {
  return { status, headers: Object.entries(headers), body: Buffer.from(body) }
}

/** A problem document (RFC 9457) with no more than its status. */
export function problem(status: number, title: string, headers: Record<string, string> = {}): ServedResponse {
  return response(
    status,
    { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...headers },
    JSON.stringify({ type: 'about:blank', title, status }),
  )
}

const isNamed =
  (name: string) =>
  ([other]: [string, string]): boolean =>
    other.toLowerCase() === name.toLowerCase()

export function headerOf(from: ServedResponse, name: string): string | undefined {
  return from.headers.find(isNamed(name))?.[1]
}

export function withoutHeaders(from: ServedResponse, ...names: string[]): ServedResponse {
  return { ...from, headers: from.headers.filter((header) => !names.some((name) => isNamed(name)(header))) }
}

/** Replaces the headers of these names. */
export function withHeaders(from: ServedResponse, headers: Record<string, string>): ServedResponse {
  const rest = withoutHeaders(from, ...Object.keys(headers))
  return { ...rest, headers: [...rest.headers, ...Object.entries(headers)] }
}

/** Adds a header beside any of the same name. */
export function withAddedHeader(from: ServedResponse, name: string, value: string): ServedResponse {
  return { ...from, headers: [...from.headers, [name, value]] }
}

export function withBody(from: ServedResponse, body: string | Buffer): ServedResponse {
  return { ...from, body: Buffer.from(body) }
}

/** A body in this content coding, with the headers that go with it. */
export const withCoding = (from: ServedResponse, coding: string, body: Buffer): ServedResponse =>
  withHeaders(withBody(from, body), {
    'Content-Encoding': coding,
    ETag: `"${coding}"`,
    Vary: 'Authorization, Accept-Encoding',
  })

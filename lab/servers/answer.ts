/** One HTTP answer before it is put on the wire. Fields keep their order and may repeat. */
export interface Answer {
  status: number
  fields: [name: string, value: string][]
  body: Buffer
}

export function answer(
  status: number,
  fields: Record<string, string> = {},
  body: string | Buffer = '',
): Answer {
  return { status, fields: Object.entries(fields), body: Buffer.from(body) }
}

/** An RFC 9457 problem that says no more than its status. */
export function problem(status: number, title: string, fields: Record<string, string> = {}): Answer {
  return answer(
    status,
    { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', ...fields },
    JSON.stringify({ type: 'about:blank', title, status }),
  )
}

const isNamed =
  (name: string) =>
  ([other]: [string, string]): boolean =>
    other.toLowerCase() === name.toLowerCase()

export function fieldOf(from: Answer, name: string): string | undefined {
  return from.fields.find(isNamed(name))?.[1]
}

export function without(from: Answer, ...names: string[]): Answer {
  return { ...from, fields: from.fields.filter((field) => !names.some((name) => isNamed(name)(field))) }
}

/** Replaces the fields of these names. */
export function withFields(from: Answer, fields: Record<string, string>): Answer {
  const rest = without(from, ...Object.keys(fields))
  return { ...rest, fields: [...rest.fields, ...Object.entries(fields)] }
}

/** Adds a field beside any of the same name. */
export function alsoField(from: Answer, name: string, value: string): Answer {
  return { ...from, fields: [...from.fields, [name, value]] }
}

export function withBody(from: Answer, body: string | Buffer): Answer {
  return { ...from, body: Buffer.from(body) }
}

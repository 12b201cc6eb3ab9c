import type { RequestSpec } from '../../http/request.ts'
import type { ReceivedResponse } from '../../http/response.ts'
import type { Mutation } from '../check.ts'

type Condition = (request: RequestSpec, response: ReceivedResponse) => boolean
const always: Condition = () => true

/** The deployment ignores the credentials: everybody is the member. */
export const credentialsIgnored: Mutation = {
  title: 'credentials are not looked at',
  request: (request) => ({ ...request, as: 'member' }),
}

/** The deployment serves the one document to everybody, for every path and id. */
export const everythingServed: Mutation = {
  title: 'every path and id gives the same document to everybody',
  request: ({ path: _, workspace: __, ...request }) => ({ ...request, as: 'member' }),
}

/** Another status, everything else as it was. */
export function withStatus(status: number, when: Condition = always): Mutation {
  return {
    title: `the status is ${status}`,
    response: (response, request) => (when(request, response) ? { ...response, status } : response),
  }
}

/** A header replaced, or added where it was not sent. */
export function withHeader(name: string, value: string, when: Condition = always): Mutation {
  return {
    title: `${name}: ${value}`,
    response: (response, request) =>
      when(request, response) ? replaceHeader(response, name, value) : response,
  }
}

/** A header left out. */
export function withoutHeader(name: string, when: Condition = always): Mutation {
  return {
    title: `no ${name}`,
    response: (response, request) =>
      when(request, response)
        ? { ...response, headers: response.headers.filter(([field]) => !isNamed(field, name)) }
        : response,
  }
}

/** A header sent a second time. */
export function withHeaderTwice(name: string, value: string): Mutation {
  return {
    title: `${name} twice`,
    response: (response) => ({ ...response, headers: [...response.headers, [name, value]] }),
  }
}

/** Another body, the head as it was. */
export function withBody(
  title: string,
  change: (body: Buffer) => Buffer | string,
  when: Condition = always,
): Mutation {
  return {
    title,
    response: (response, request) =>
      when(request, response)
        ? { ...response, body: Buffer.from(change(response.body) as Buffer) }
        : response,
  }
}

/** Another response altogether. */
export function withResponse(
  title: string,
  status: number,
  headers: Record<string, string>,
  body: Buffer | string = '',
  when: Condition = always,
): Mutation {
  return {
    title,
    response: (response, request) =>
      when(request, response)
        ? { ...response, status, headers: Object.entries(headers), body: Buffer.from(body as string) }
        : response,
  }
}

/** Other bytes on the wire; read and written as Latin-1, so that nothing else changes. */
export function withRawBytes(title: string, change: (message: string) => string): Mutation {
  return { title, raw: (bytes) => Buffer.from(change(bytes.toString('latin1')), 'latin1') }
}

/** A copy of the response with one header set. */
export function replaceHeader(response: ReceivedResponse, name: string, value: string): ReceivedResponse {
  return {
    ...response,
    headers: [...response.headers.filter(([field]) => !isNamed(field, name)), [name, value]],
  }
}

const isNamed = (field: string, name: string) => field.toLowerCase() === name.toLowerCase()

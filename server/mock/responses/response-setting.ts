import type { OperationId } from '../../../spec/operation.ts'
import { createShapeReader } from '../../http/json-shape.ts'
import { Problem } from '../../http/problem.ts'
import { explainUnknownName, type KnownNames } from '../known-names.ts'
import type { Active } from '../rule-book.ts'
import { bytesOf } from './bytes-of.ts'

/**
 * A response as a test describes it.
 *
 * @example
 * ```ts
 * import type { ResponseDescription } from 'altostrat-contract'
 *
 * const badGateway: ResponseDescription = {
 *   status: 502,
 *   headers: { 'Content-Type': 'text/html' },
 *   body: '<h1>502 Bad Gateway</h1>',
 * }
 * ```
 */
export interface ResponseDescription {
  /** 200 to 599; default 200. */
  status?: number
  /** A list is sent as several lines. Default: the media type that the contract documents for the status, where it suits the body; `no-store`. */
  headers?: Record<string, string | string[]>
  /** Text and bytes are sent as they are, everything else as JSON. */
  body?: unknown
}

/**
 * Which calls get a response of one's own.
 *
 * @example
 * ```ts
 * import type { ResponseScope } from 'altostrat-contract'
 *
 * const once: ResponseScope = { operation: 'exportOrganizationUsage', persona: 'viewer', times: 1 }
 * ```
 */
export interface ResponseScope {
  /** Default: every operation. */
  operation?: OperationId
  /** A persona's name; default: any caller. */
  persona?: string
  /** How many of these calls get a normal response first; default 0. */
  after?: number
  /** How many calls get it; default: all until it is removed. */
  times?: number
}

/**
 * A response of one's own with the calls that get it: the body of `POST /_mock/responses`.
 *
 * @example
 * ```ts
 * import type { ResponseSetting } from 'altostrat-contract'
 *
 * const teapot: ResponseSetting = { operation: 'listWorkspaces', status: 418, body: { teapot: true }, times: 1 }
 * ```
 */
export interface ResponseSetting extends ResponseScope, ResponseDescription {}

/**
 * A response of one's own that has been set, and how many calls have got it.
 *
 * @example
 * ```ts
 * import type { ActiveResponse } from 'altostrat-contract'
 *
 * const isOver = ({ times, played }: ActiveResponse) => played === times
 * ```
 */
export type ActiveResponse = Active<ResponseSetting>

const count = { type: 'integer', minimum: 0 }
const scope = {
  operation: { type: 'string' },
  persona: { type: 'string' },
  after: count,
  times: { ...count, minimum: 1 },
}
const text = { type: 'string' }
const description = {
  status: { type: 'integer', minimum: 200, maximum: 599 },
  headers: { type: 'object', additionalProperties: { anyOf: [text, { type: 'array', items: text }] } },
  body: {},
}
const read = createShapeReader<ResponseSetting & { bodyBase64?: string }>('The response cannot be set', {
  type: 'object',
  properties: { ...scope, ...description, bodyBase64: { type: 'string', pattern: '^[A-Za-z0-9+/]*={0,2}$' } },
  additionalProperties: false,
})
const readScopeOnly = createShapeReader<ResponseScope>('The response cannot be set', {
  type: 'object',
  properties: scope,
  additionalProperties: false,
})
const readDescriptionOnly = createShapeReader<ResponseDescription>('The response cannot be sent', {
  type: 'object',
  properties: description,
  additionalProperties: false,
})

/** Reads a setting; `bodyBase64` gives bytes where only JSON can be sent. Throws `bad_request`. */
export function readResponse(value: unknown, known: KnownNames): ResponseSetting {
  const { bodyBase64, ...setting } = read(withReadBody(value))
  refuseUnknown(setting, known)
  refuseHeaders(setting)
  if (bodyBase64 !== undefined && setting.body !== undefined)
    throw new Problem('bad_request', 'The response cannot be set: it has both body and bodyBase64.')
  return readListed({ ...setting, ...(bodyBase64 !== undefined && { bodyBase64 }) })
}

/** A setting as it is listed and stored: JSON, with bytes as text. */
export function toListed({ body, ...setting }: ResponseSetting): ResponseSetting & { bodyBase64?: string } {
  if (body === undefined) return setting
  const bytes = bytesOf(body)
  return bytes ? { ...setting, bodyBase64: bytes.toString('base64') } : { ...setting, body }
}

/** The setting that `toListed` was given. */
export function readListed({
  bodyBase64,
  ...setting
}: ResponseSetting & { bodyBase64?: string }): ResponseSetting {
  return bodyBase64 === undefined ? setting : { ...setting, body: Buffer.from(bodyBase64, 'base64') }
}

/** Reads which calls a handler responds to. Throws `bad_request`. */
export function readScope(value: unknown, known: KnownNames): ResponseScope {
  const setting = readScopeOnly(value)
  refuseUnknown(setting, known)
  return setting
}

/** Reads what a handler returned. Throws `bad_request`. */
export function readDescription(value: unknown): ResponseDescription {
  const setting = readDescriptionOnly(withReadBody(value))
  refuseHeaders(setting)
  return setting
}

function refuseUnknown(setting: ResponseScope, known: KnownNames): void {
  const obstacle = explainUnknownName(setting, known)
  if (obstacle) throw new Problem('bad_request', `The response cannot be set: ${obstacle}.`)
}

/** The setting with its body as it is sent: text and bytes as they are, and of everything else what JSON says of it. */
function withReadBody(setting: unknown): unknown {
  const { body } = Object(setting) as ResponseDescription
  if (body === undefined || typeof body === 'string' || bytesOf(body)) return setting
  return { ...(setting as object), body: readJson(body) }
}

/** What has a JSON form of its own. Of a Blob, a stream or a Map, JSON would be `{}`. */
const jsonKinds = ['Object', 'Array', 'Null', 'Number', 'Boolean', 'String']

function readJson(body: unknown): unknown {
  const kind = Object.prototype.toString.call(body).slice('[object '.length, -1)
  const hasForm = jsonKinds.includes(kind) || typeof Object(body).toJSON === 'function'
  const refuse = (reason: string) => new Problem('bad_request', `The response cannot be set: ${reason}`)
  if (!hasForm)
    throw refuse(`body is a ${kind}: give text, JSON, or bytes, as await new Response(body).bytes() does.`)
  try {
    return JSON.parse(JSON.stringify(body))
  } catch (error) {
    throw refuse(`body cannot be written as JSON: ${(error as Error).message}.`)
  }
}

/** How the body is framed follows from it. */
const framing = ['content-length', 'transfer-encoding', 'connection']

function refuseHeaders({ headers = {} }: ResponseDescription): void {
  const set = Object.keys(headers).find((name) => framing.includes(name.toLowerCase()))
  if (set) throw new Problem('bad_request', `The response cannot be set: the mock itself sets ${set}.`)
  try {
    for (const [name, value] of Object.entries(headers)) {
      for (const one of [value].flat()) new Headers({ [name]: one })
    }
  } catch (error) {
    throw new Problem('bad_request', `The response cannot be set: headers: ${(error as Error).message}`)
  }
}

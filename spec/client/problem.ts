import type { components } from '../openapi.d.ts'

/**
 * Why a request was refused: the contract's error body, completed where a response lacks a field. `error` of every
 * response that is not 2xx is one, also where a gateway answered with a page of its own or with nothing.
 *
 * @example
 * ```ts
 * import type { Problem } from 'altostrat-contract/client'
 *
 * const explain = ({ status, detail }: Problem) => `${status}: ${detail}`
 * ```
 */
export interface Problem extends Omit<components['schemas']['Problem'], 'doc_url'> {
  title: string
  /** The status of the response. */
  status: number
  detail: string
  /** Absent where the response describes no problem of the API. */
  doc_url?: string
}

/** The code of problems that are made here, because the response describes none. */
const undescribed = 'undescribed_error'

/** The problem that a response describes, or else one that says what came instead. `body`: parsed JSON, or text. */
export function problemOf(body: unknown, { status, statusText, headers }: Response): Problem {
  const described = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const text = (name: string) => {
    const value = described[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const message = text('message') ?? text('detail') ?? text('title') ?? sayWhatCame(body, status, headers)
  return {
    ...described,
    type: text('type') ?? 'about:blank',
    title: text('title') ?? (statusText || `Status ${status}`),
    status,
    detail: text('detail') ?? message,
    code: text('code') ?? undescribed,
    message,
  }
}

function sayWhatCame(body: unknown, status: number, headers: Headers): string {
  const isEmpty = body === undefined || body === ''
  const what = isEmpty ? 'no body' : `a body of ${headers.get('Content-Type') ?? 'no media type'}`
  return `The response has status ${status} and ${what} instead of a description of the error.`
}

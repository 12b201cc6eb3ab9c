import express, { type Request, type Response } from 'express'
import { Problem } from './problem.ts'

// A picture of 2 MB in base64, and the rest of an organization.
const readBytes = express.raw({ limit: '3mb', type: 'application/json' })
const utf8 = new TextDecoder('utf-8', { fatal: true })
const mostLevels = 100

/**
 * Reads a body of JSON (RFC 8259) into `request.body`, which is undefined where there is none, or one of another
 * media type. Rejects with `bad_request`, `content_too_large` and `unsupported_media_type`.
 */
export async function readJsonBody(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (error?: unknown) => (error ? reject(explain(error as Error)) : resolve()))
  })
  const bytes: unknown = request.body
  request.body = undefined
  if (Buffer.isBuffer(bytes) && bytes.length > 0) request.body = parse(bytes)
}

function parse(bytes: Buffer): unknown {
  let value: unknown
  try {
    value = JSON.parse(utf8.decode(bytes))
  } catch (error) {
    throw new Problem('bad_request', `The body cannot be read as JSON: ${(error as Error).message}`)
  }
  // What is parsed without recursion could not be written again.
  if (isDeeper(value, mostLevels)) {
    throw new Problem('bad_request', `The body is nested on more than ${mostLevels} levels.`)
  }
  return value
}

function isDeeper(value: unknown, levels: number): boolean {
  let level = [value]
  for (let depth = 0; depth <= levels && level.length > 0; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return level.length > 0
}

function explain({ message, status }: Error & { status?: number }): Problem {
  if (status === 413) return new Problem('content_too_large', 'The body has more than 3 MB.')
  if (status === 415) return new Problem('unsupported_media_type', `The body cannot be read: ${message}.`)
  return new Problem('bad_request', `The body cannot be read: ${message}.`)
}

import { countValues, JsonBoundsError } from '../../fixtures/json-text.ts'
import { SetupError } from '../setup-error.ts'

/** What a JSON text begins with, behind white space (RFC 8259 §2, §3). */
const beginning = /^[ \t\r\n]*(?:[{["\d-]|true|false|null|$)/

/** The JSON value of a body; undefined where it is none. Throws SetupError where it would take too much memory. */
export function readJsonBody(body: Buffer): unknown {
  // Most large bodies are no JSON, and to look through all of one takes as long as to receive it.
  if (!beginning.test(body.toString('latin1', 0, 1024))) return undefined
  const text = body.toString('utf8')
  try {
    countValues(text)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof JsonBoundsError)
      throw new SetupError(`the JSON of a response is not read: ${error.message}`)
    return undefined
  }
}

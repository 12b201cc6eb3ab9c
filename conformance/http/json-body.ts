import { countValues, JsonBoundsError } from '../../fixtures/json-text.ts'
import { SetupError } from '../setup-error.ts'

/** The JSON value of a body; undefined where it is none. Throws SetupError where it would take too much memory. */
export function readJsonBody(body: Buffer): unknown {
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

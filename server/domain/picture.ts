import { findMisfit } from '../../spec/schema.ts'
import { Problem } from '../http/problem.ts'

const uri = { type: 'string', format: 'uri' }

/**
 * Whether a picture is a URI (RFC 3986), as that of every organization is: the form that the contract asks of
 * requests tells only how it begins. Throws `bad_request`.
 */
export function assertPicture(picture: string | null): void {
  if (picture !== null && findMisfit(uri, picture)) throw new Problem('bad_request', 'The picture is no URI.')
}

import type { Request } from 'express'
import { Problem } from '../../http/problem.ts'

/** The persona that a query names. Throws `bad_request` where it names none, or several. */
export function readPersona({ persona }: Request['query']): string {
  if (typeof persona === 'string' && persona !== '') return persona
  throw new Problem('bad_request', 'Name one persona: ?persona=NAME; /_mock/personas lists them.')
}

import type { ErrorObject } from 'ajv'
import { listFirst } from './list-first.ts'

/** Why a value does not fit, by the JSON pointers of what does not: `/limits/users must be integer`. */
export const describeErrors = (errors: ErrorObject[] | null | undefined): string =>
  listFirst(
    (errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`),
    '; ',
  )

import type { DownloadOperation } from '../operations/download-operation.ts'
import { usageExport } from '../operations/usage-export.ts'
import type { Check } from './check.ts'
import { access } from './checks/access.ts'
import { authentication } from './checks/authentication.ts'
import { caching } from './checks/caching.ts'
import { content } from './checks/content.ts'
import { contract } from './checks/contract.ts'
import { cors } from './checks/cors.ts'
import { http } from './checks/http.ts'
import { neighbours } from './checks/neighbours.ts'
import { paths } from './checks/paths.ts'
import { pdf } from './checks/pdf.ts'
import { ranges } from './checks/ranges.ts'
import { sequences } from './checks/sequences.ts'
import { tenancy } from './checks/tenancy.ts'
import { tokens } from './checks/tokens.ts'
import { wire } from './checks/wire.ts'

/** A group of checks. `code` is the part of their ids before the number. */
export interface Area {
  code: string
  title: string
  checks: Check[]
}

/** The checks of a download, in the order of reports. */
export const catalogueOf = (operation: DownloadOperation): Area[] => [
  { code: 'CONTRACT', title: 'Documented answers', checks: contract(operation) },
  { code: 'AUTH', title: 'Authentication', checks: authentication(operation) },
  { code: 'TOKEN', title: 'Tokens', checks: tokens(operation) },
  { code: 'ACCESS', title: 'Access to workspaces', checks: access(operation) },
  { code: 'TENANCY', title: 'What one tenant learns of another', checks: tenancy(operation) },
  { code: 'SEQUENCE', title: 'Several requests together', checks: sequences(operation) },
  { code: 'PATH', title: 'Spellings of the path', checks: paths(operation) },
  { code: 'HTTP', title: 'HTTP semantics', checks: http(operation) },
  { code: 'CORS', title: 'Scripts of other origins', checks: cors(operation) },
  { code: 'CACHE', title: 'Caching and conditions', checks: caching(operation) },
  { code: 'RANGE', title: 'Ranges', checks: ranges(operation) },
  { code: 'WIRE', title: 'Messages on the wire', checks: wire(operation) },
  { code: 'PDF', title: 'The file', checks: pdf(operation) },
  { code: 'CONTENT', title: 'What the document says', checks: content(operation) },
  { code: 'NEIGHBOUR', title: 'Operations beside the export', checks: neighbours },
]

/** Every check of the usage export. */
export const catalogue: Area[] = catalogueOf(usageExport)

export const allChecks: Check[] = catalogue.flatMap(({ checks }) => checks)

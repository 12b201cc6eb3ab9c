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

/** A group of checks: the part of their ids before the number, and what they are about. */
export interface Area {
  code: string
  title: string
  checks: Check[]
}

/** Every check there is, in the order of reports. */
export const catalogue: Area[] = [
  { code: 'CONTRACT', title: 'Documented answers', checks: contract(usageExport) },
  { code: 'AUTH', title: 'Authentication', checks: authentication(usageExport) },
  { code: 'TOKEN', title: 'Tokens', checks: tokens(usageExport) },
  { code: 'ACCESS', title: 'Access to workspaces', checks: access(usageExport) },
  { code: 'TENANCY', title: 'What one tenant learns of another', checks: tenancy(usageExport) },
  { code: 'SEQUENCE', title: 'Several requests together', checks: sequences(usageExport) },
  { code: 'PATH', title: 'Spellings of the path', checks: paths(usageExport) },
  { code: 'HTTP', title: 'HTTP semantics', checks: http(usageExport) },
  { code: 'CORS', title: 'Scripts of other origins', checks: cors(usageExport) },
  { code: 'CACHE', title: 'Caching and conditions', checks: caching(usageExport) },
  { code: 'RANGE', title: 'Ranges', checks: ranges(usageExport) },
  { code: 'WIRE', title: 'Messages on the wire', checks: wire(usageExport) },
  { code: 'PDF', title: 'The file', checks: pdf(usageExport) },
  { code: 'CONTENT', title: 'What the document says', checks: content(usageExport) },
  { code: 'NEIGHBOUR', title: 'Operations beside the export', checks: neighbours },
]

export const allChecks: Check[] = catalogue.flatMap(({ checks }) => checks)

import type { Check } from './check.ts'
import { access } from './checks/access.ts'
import { authentication } from './checks/authentication.ts'
import { caching } from './checks/caching.ts'
import { content } from './checks/content.ts'
import { contract } from './checks/contract.ts'
import { cors } from './checks/cors.ts'
import { document } from './checks/document.ts'
import { http } from './checks/http.ts'
import { neighbours } from './checks/neighbours.ts'
import { paths } from './checks/paths.ts'
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
  { code: 'CONTRACT', title: 'Documented answers', checks: contract },
  { code: 'AUTH', title: 'Authentication', checks: authentication },
  { code: 'TOKEN', title: 'Tokens', checks: tokens },
  { code: 'ACCESS', title: 'Access to workspaces', checks: access },
  { code: 'TENANCY', title: 'What one tenant learns of another', checks: tenancy },
  { code: 'SEQUENCE', title: 'Several requests together', checks: sequences },
  { code: 'PATH', title: 'Spellings of the path', checks: paths },
  { code: 'HTTP', title: 'HTTP semantics', checks: http },
  { code: 'CORS', title: 'Scripts of other origins', checks: cors },
  { code: 'CACHE', title: 'Caching and conditions', checks: caching },
  { code: 'RANGE', title: 'Ranges', checks: ranges },
  { code: 'WIRE', title: 'Messages on the wire', checks: wire },
  { code: 'PDF', title: 'The file', checks: document },
  { code: 'CONTENT', title: 'What the document says', checks: content },
  { code: 'NEIGHBOUR', title: 'Operations beside the export', checks: neighbours },
]

export const allChecks: Check[] = catalogue.flatMap(({ checks }) => checks)

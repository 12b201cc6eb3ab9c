import type { DownloadOperation } from '../operations/download-operation.ts'
import { usageExport } from '../operations/usage-export.ts'
import { areaTitles } from './areas.ts'
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

const area = (code: keyof typeof areaTitles, checks: Check[]): Area => ({
  code,
  title: areaTitles[code],
  checks,
})

/** The checks of a download, in the order of reports. */
export const catalogueOf = (operation: DownloadOperation): Area[] => [
  area('CONTRACT', contract(operation)),
  area('AUTH', authentication(operation)),
  area('TOKEN', tokens(operation)),
  area('ACCESS', access(operation)),
  area('TENANCY', tenancy(operation)),
  area('SEQUENCE', sequences(operation)),
  area('PATH', paths(operation)),
  area('HTTP', http(operation)),
  area('CORS', cors(operation)),
  area('CACHE', caching(operation)),
  area('RANGE', ranges(operation)),
  area('WIRE', wire(operation)),
  area('PDF', pdf(operation)),
  area('CONTENT', content(operation)),
  area('NEIGHBOUR', neighbours),
]

/** Every check of the usage export. */
export const catalogue: Area[] = catalogueOf(usageExport)

export const allChecks: Check[] = catalogue.flatMap(({ checks }) => checks)

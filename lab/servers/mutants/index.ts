import type { Mutant } from '../declaration.ts'
import { errors } from './answers/errors.ts'
import { negotiation } from './answers/negotiation.ts'
import { reports } from './answers/reports.ts'
import { bypasses } from './authentication/bypasses.ts'
import { credentials } from './authentication/credentials.ts'
import { refusals } from './authentication/refusals.ts'
import { tokenClaims } from './authentication/token-claims.ts'
import { tokenVerification } from './authentication/token-verification.ts'
import { changingReports } from './content/changing-reports.ts'
import { figures } from './content/figures.ts'
import { names } from './content/names.ts'
import { organizations } from './content/organizations.ts'
import { caching } from './http/caching.ts'
import { conditionalRequests } from './http/conditional-requests.ts'
import { contentCodings } from './http/content-codings.ts'
import { cors } from './http/cors.ts'
import { fileNames } from './http/file-names.ts'
import { headers } from './http/headers.ts'
import { methods } from './http/methods.ts'
import { problems } from './http/problems.ts'
import { ranges } from './http/ranges.ts'
import { bytes } from './pdf/bytes.ts'
import { features } from './pdf/features.ts'
import { structure } from './pdf/structure.ts'
import { text } from './pdf/text.ts'
import { disclosure } from './tenancy/disclosure.ts'
import { membership } from './tenancy/membership.ts'
import { sharedState } from './tenancy/shared-state.ts'
import { workspaceIds } from './tenancy/workspace-ids.ts'
import { wire } from './wire.ts'

/** Deployments with one defect each. */
export const mutants: Mutant[] = [
  ...tokenClaims,
  ...credentials,
  ...tokenVerification,
  ...refusals,
  ...bypasses,
  ...sharedState,
  ...workspaceIds,
  ...disclosure,
  ...membership,
  ...negotiation,
  ...errors,
  ...reports,
  ...conditionalRequests,
  ...ranges,
  ...caching,
  ...contentCodings,
  ...fileNames,
  ...cors,
  ...methods,
  ...problems,
  ...headers,
  ...wire,
  ...bytes,
  ...structure,
  ...text,
  ...features,
  ...names,
  ...figures,
  ...changingReports,
  ...organizations,
]

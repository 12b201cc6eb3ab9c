import type { Organization } from '../../fixtures/organization.ts'
import { readOrganizations } from '../../fixtures/payload.ts'
import type { RequestSpec } from '../http/request.ts'
import { headerValue } from '../http/response.ts'
import { SetupError } from '../setup-error.ts'
import type { Target } from './target.ts'

const maxPages = 50

/** Named in messages: what in the profile makes the suite read the list. */
const place = 'workspace.organizations: { api: true }'

/** All pages of the list at this path. Throws SetupError where it cannot be read to its end. */
export async function listOrganizations(
  target: Target,
  path: string,
  sender: Pick<RequestSpec, 'as' | 'fresh'> = {},
): Promise<Organization[]> {
  // Pages are parsed together: the parent of an organization may be on another page.
  const rows: unknown[] = []
  let query = ''
  for (let page = 0; page < maxPages; page++) {
    const payload = await readPage(target, { ...sender, path, query })
    const { data, has_more, next_cursor } = payload
    if (!has_more || !Array.isArray(data))
      return parse(Array.isArray(data) ? [...rows, ...data] : payload, path)
    if (!next_cursor)
      throw new SetupError(
        `${place}: the list has more pages, but names no next_cursor; give { file: … } instead`,
      )
    rows.push(...data)
    query = `after=${encodeURIComponent(next_cursor)}`
  }
  throw new SetupError(`${place}: the list has more than ${maxPages} pages; give { file: … } instead`)
}

interface Page {
  data?: unknown
  has_more?: boolean
  next_cursor?: string
}

async function readPage(target: Target, request: RequestSpec): Promise<Page> {
  const response = await target.request({ ...request, headers: { Accept: 'application/json' } })
  if (response.status !== 200)
    throw new SetupError(
      `${place}: GET ${request.path} was answered ${response.status}; give { file: … } instead`,
    )
  try {
    return (JSON.parse(response.body.toString('utf8')) as Page | null) ?? {}
  } catch {
    const type = headerValue(response, 'content-type') ?? 'no media type'
    throw new SetupError(
      `${place}: GET ${request.path} was answered 200 with ${type}, and the body is no JSON; give { file: … } instead`,
    )
  }
}

function parse(payload: unknown, path: string): Organization[] {
  try {
    return readOrganizations(payload, path)
  } catch (error) {
    throw new SetupError(`${place}: ${(error as Error).message}`)
  }
}

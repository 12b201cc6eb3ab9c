import { JsonBoundsError, maxValues, parseCounted } from '../../fixtures/json-text.ts'
import { readText } from '../../fixtures/json-value.ts'
import { type ListPage, readListPage } from '../../fixtures/list-page.ts'
import type { Organization } from '../../fixtures/organization.ts'
import { PayloadError, readRows } from '../../fixtures/payload.ts'
import { isObject } from '../../spec/pointer.ts'
import { linkTarget } from '../http/link-header.ts'
import type { RequestSpec } from '../http/request.ts'
import { headerValue, type ReceivedResponse } from '../http/response.ts'
import { SetupError } from '../setup-error.ts'
import { type NextRequest, nextRequests, type PageAddress } from './next-page.ts'
import type { Target } from './target.ts'

/** What is read of one list. 1,000 organizations, the most that the platform has, are 100 pages of ten. */
const maxPages = 200
const maxBytes = 50 * 2 ** 20

export interface ListSource {
  target: Target
  /** The base URL: pages are requested from this origin alone. */
  base: URL
  /** Below the base URL. */
  path: string
}

/** All pages of the list at this path. Throws SetupError where it cannot be read to its end. */
export async function listOrganizations(
  { target, base, path }: ListSource,
  sender: Pick<RequestSpec, 'as' | 'fresh'> = {},
): Promise<Organization[]> {
  const fail = (reason: string): never => {
    throw new SetupError(
      `workspace.organizations: { api: true }: GET ${path} ${reason}; give { file: … } instead`,
    )
  }
  const list: PageAddress = { path, query: '' }
  const request = (address: PageAddress) =>
    target.request({ ...sender, ...address, headers: { Accept: 'application/json' } })

  const first = await request(list)
  const read = readPage(first, maxValues)
  let page = read.page ?? fail(read.unreadable)
  const pages = [page]
  const seen = new Set(idsOf(page))
  let bytes = first.body.length
  let values = read.values ?? 0
  let parameter: string | undefined
  while (page.next) {
    if (pages.length === maxPages) fail(`has more than ${maxPages} pages`)
    const position = { list, page, number: pages.length, lastId: idsOf(page).at(-1), count: countRows(pages) }
    const ways = preferring(parameter, nextRequests(position, base))
    const found = await firstNewPage(ways, request, seen, maxValues - values)
    if (!found.page)
      return fail(
        `says in ${page.next.field} that its page ${pages.length} is not the last, and the next one cannot be found${found.unreadable ? `: it ${found.unreadable}` : ''}`,
      )
    bytes += found.response.body.length
    if (bytes > maxBytes) fail(`has more than ${maxBytes} bytes`)
    values += found.values
    page = found.page
    parameter = found.parameter
    pages.push(page)
    for (const id of idsOf(page)) seen.add(id)
  }
  try {
    return readRows(
      pages.map(({ rows, at }, index) => ({ rows, at: index === 0 ? at : `page ${index + 1} ${at}` })),
      'the list',
    )
  } catch (error) {
    if (error instanceof PayloadError) return fail(`cannot be used: ${error.message}`)
    throw error
  }
}

interface ReadPage {
  page: ListPage
  /** How many values its JSON holds. */
  values: number
}

type FoundPage =
  | (ReadPage & { response: ReceivedResponse; parameter: string | undefined })
  | { page?: undefined; unreadable: string | undefined }

/** A parameter that a deployment does not know gives the first page again: then the next way is tried. */
async function firstNewPage(
  ways: NextRequest[],
  request: (address: PageAddress) => Promise<ReceivedResponse>,
  seen: ReadonlySet<string>,
  mostValues: number,
): Promise<FoundPage> {
  let unreadable: string | undefined
  for (const { parameter, ...address } of ways) {
    const response = await request(address)
    const read = readPage(response, mostValues)
    unreadable ??= read.unreadable
    if (!read.page) continue
    const isRepeated = read.page.rows.length > 0 && idsOf(read.page).every((id) => seen.has(id))
    if (!isRepeated) return { ...read, response, parameter }
  }
  return { unreadable }
}

/** The way that found the page before comes first. */
const preferring = (parameter: string | undefined, ways: NextRequest[]) =>
  parameter === undefined
    ? ways
    : ways.toSorted(
        (one, other) => Number(other.parameter === parameter) - Number(one.parameter === parameter),
      )

/** Reads a page of at most so many values, or says why the response is none. */
function readPage(
  response: ReceivedResponse,
  mostValues: number,
): (ReadPage & { unreadable?: undefined }) | { page?: undefined; values?: undefined; unreadable: string } {
  const { status, truncated } = response
  if (status !== 200) return { unreadable: `was answered ${status}` }
  const refuse = (what: string) => {
    const type = headerValue(response, 'content-type') ?? 'no media type'
    return { unreadable: `was answered 200 with ${type}, and the body ${what}` }
  }
  if (truncated) return refuse(`breaks off (${truncated})`)
  try {
    // Throws a TypeError for what is no UTF-8.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body)
    const { json, values } = parseCounted(text, mostValues)
    const page = readListPage(json)
    if (!page) return refuse('holds no array of organizations, neither as "data" nor alone')
    const url = linkTarget(response, 'next')
    const isLinked = url !== undefined && page.next?.url === undefined
    return { page: isLinked ? { ...page, next: { field: 'Link', url } } : page, values }
  } catch (error) {
    return refuse(error instanceof JsonBoundsError ? `is not read: ${error.message}` : 'is no JSON')
  }
}

const countRows = (pages: ListPage[]) => pages.reduce((sum, { rows }) => sum + rows.length, 0)

const idsOf = ({ rows }: ListPage) => rows.flatMap((row) => (isObject(row) ? (readText(row.id) ?? []) : []))

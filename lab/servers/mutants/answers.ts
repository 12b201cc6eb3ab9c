import {
  problem,
  response,
  type ServedResponse,
  withAddedHeader,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../answer.ts'
import type { Behaviour } from '../behaviour.ts'
import { Crash } from '../crash.ts'
import { countOf, type Exchange, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { inArea } from './area.ts'

const reporting = (
  change: (full: ServedResponse, exchange: Exchange) => ServedResponse,
): Partial<Behaviour> => ({
  represent: change,
})

const typed = (type: string) => reporting((full) => withHeaders(full, { 'Content-Type': type }))

const insteadOfUnknown = (change: (exchange: Exchange) => ServedResponse): Partial<Behaviour> => ({
  refuse: (refusal, exchange) =>
    refusal === 'unknown' ? change(exchange) : referenceBehaviour.refuse(refusal, exchange),
})

const whenEmpty = (instead: ServedResponse) =>
  reporting((full, { workspace }) => (workspace?.organizations.length === 0 ? instead : full))

const accepting = (condition: (accept: string | undefined) => boolean, instead: ServedResponse) =>
  reporting((full, exchange) => (condition(requestHeader(exchange, 'accept')) ? instead : full))

const idOf = ({ path }: Exchange) => /^\/workspaces\/(.*)\/organizations/.exec(path)?.[1] ?? ''

const crashingOnId = (condition: (id: string) => boolean): Partial<Behaviour> => ({
  find: (id, exchange) => {
    if (condition(id)) throw new Crash('the id was not expected')
    return referenceBehaviour.find(id, exchange)
  },
})

const json = { 'Content-Type': 'application/json' }
const page = '<!doctype html><html lang="en"><title>Usage</title><p>Your report is being prepared.</p></html>'

/** Statuses and media types that the contract does not document. */
export const responses = inArea('answers', [
  {
    id: 'report-500',
    title: 'fails on every report',
    level: 'contract',
    behaviour: reporting(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'report-204',
    title: 'answers 204 instead of a report',
    level: 'contract',
    behaviour: reporting(() => response(204)),
  },
  {
    id: 'report-202',
    title: 'promises a report for later',
    level: 'contract',
    behaviour: reporting(() => response(202, json, '{"status":"queued"}')),
  },
  {
    id: 'report-201',
    title: 'answers with the report under 201',
    level: 'contract',
    behaviour: reporting((full) => ({ ...full, status: 201 })),
  },
  {
    id: 'report-redirected',
    title: 'redirects to where the report is stored',
    level: 'contract',
    behaviour: reporting(() => response(302, { Location: 'https://files.northwind.example/usage.pdf' })),
  },
  {
    id: 'report-json',
    title: 'answers 200 with JSON',
    level: 'contract',
    behaviour: reporting(() => response(200, json, '{"url":"https://files.northwind.example/usage.pdf"}')),
  },
  {
    id: 'report-page',
    title: 'answers 200 with an HTML page',
    level: 'contract',
    behaviour: reporting(() => response(200, { 'Content-Type': 'text/html' }, page)),
  },
  {
    id: 'type-octet-stream',
    title: 'declares the report to be application/octet-stream',
    level: 'contract',
    behaviour: typed('application/octet-stream'),
  },
  {
    id: 'type-x-pdf',
    title: 'declares the report to be application/x-pdf',
    level: 'contract',
    behaviour: typed('application/x-pdf'),
  },
  {
    id: 'type-html',
    title: 'declares the report to be HTML',
    level: 'contract',
    behaviour: typed('text/html'),
  },
  { id: 'type-pdf-word', title: 'declares the type "pdf"', level: 'contract', behaviour: typed('pdf') },
  {
    id: 'type-listed',
    title: 'puts two media types into one field',
    level: 'contract',
    behaviour: typed('application/pdf, application/octet-stream'),
  },
  {
    id: 'type-missing',
    title: 'sends no Content-Type',
    level: 'contract',
    behaviour: reporting((full) => withoutHeaders(full, 'content-type')),
  },
  {
    id: 'type-twice',
    title: 'sends two Content-Type fields that differ',
    level: 'http',
    behaviour: reporting((full) => withAddedHeader(full, 'Content-Type', 'text/html')),
  },
  {
    id: 'body-empty',
    title: 'answers 200 with an empty body',
    level: 'contract',
    behaviour: reporting((full) => withBody(full, '')),
  },
  {
    id: 'flapping',
    title: 'fails on every other request for the report',
    level: 'contract',
    behaviour: reporting((full, exchange) =>
      countOf(exchange, 'reports') % 2 === 1 ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'unknown-200',
    title: 'reports on workspaces that do not exist',
    level: 'contract',
    behaviour: {
      find: (id, exchange) =>
        referenceBehaviour.find(id, exchange) ?? {
          ...exchange.world.empty,
          members: [String(exchange.claims?.sub)],
        },
    },
  },
  {
    id: 'unknown-204',
    title: 'answers unknown workspaces with 204',
    level: 'contract',
    behaviour: insteadOfUnknown(() => response(204)),
  },
  {
    id: 'unknown-500',
    title: 'answers unknown workspaces with 500',
    level: 'contract',
    behaviour: insteadOfUnknown(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'unknown-401',
    title: 'answers unknown workspaces with 401',
    level: 'contract',
    behaviour: insteadOfUnknown(
      (exchange) => referenceBehaviour.refuse('rejected', exchange) as ServedResponse,
    ),
  },
  {
    id: 'unknown-400',
    title: 'answers unknown workspaces with 400',
    level: 'contract',
    behaviour: insteadOfUnknown(() => problem(400, 'Bad Request')),
  },
  {
    id: 'unknown-200-problem',
    title: 'tells of an unknown workspace under status 200',
    level: 'contract',
    behaviour: insteadOfUnknown(() => ({ ...problem(404, 'Not Found'), status: 200 })),
  },
  {
    id: 'unknown-redirected',
    title: 'redirects from unknown workspaces to the start page',
    level: 'contract',
    behaviour: insteadOfUnknown(() => response(302, { Location: '/' })),
  },
  {
    id: 'malformed-id-500',
    title: 'fails on ids with a quote',
    level: 'contract',
    behaviour: crashingOnId((id) => /'|%27|"|%22/.test(id)),
  },
  {
    id: 'undecodable-id-500',
    title: 'fails on ids with bytes beyond ASCII',
    level: 'contract',
    behaviour: crashingOnId((id) => /%[89a-f][0-9a-f]/i.test(id)),
  },
  {
    id: 'nul-id-500',
    title: 'fails on ids with a NUL',
    level: 'contract',
    behaviour: crashingOnId((id) => id.includes('%00')),
  },
  {
    id: 'long-id-500',
    title: 'fails on ids of more than 255 characters',
    level: 'contract',
    behaviour: crashingOnId((id) => id.length > 255),
  },
  {
    id: 'malformed-id-422',
    title: 'answers malformed ids with 422',
    level: 'contract',
    behaviour: insteadOfUnknown((exchange) =>
      /^ws_\w+$/.test(idOf(exchange)) ? problem(404, 'Not Found') : problem(422, 'Unprocessable Content'),
    ),
  },
  {
    id: 'malformed-id-200',
    title: 'reports on a workspace whose id is followed by something else',
    level: 'contract',
    behaviour: {
      find: (id, exchange) => referenceBehaviour.find(id.replace(/(?:%2e|%20|[^\w]).*$/i, ''), exchange),
    },
  },
  {
    id: 'empty-404',
    title: 'answers a workspace without organizations with 404',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: whenEmpty(problem(404, 'Not Found')),
  },
  {
    id: 'empty-204',
    title: 'answers a workspace without organizations with 204',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: whenEmpty(response(204)),
  },
  {
    id: 'empty-500',
    title: 'fails on a workspace without organizations',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: whenEmpty(problem(500, 'Internal Server Error')),
  },
  {
    id: 'accept-any-406',
    title: 'answers Accept: */* with 406',
    level: 'contract',
    behaviour: accepting((accept) => accept === '*/*', problem(406, 'Not Acceptable')),
  },
  {
    id: 'accept-range-406',
    title: 'answers Accept: application/* with 406',
    level: 'contract',
    behaviour: accepting((accept) => accept === 'application/*', problem(406, 'Not Acceptable')),
  },
  {
    id: 'accept-absent-400',
    title: 'demands an Accept field',
    level: 'contract',
    behaviour: accepting((accept) => accept === undefined, problem(400, 'Bad Request')),
  },
  {
    id: 'accept-json-500',
    title: 'fails where JSON is asked for',
    level: 'advice',
    behaviour: accepting((accept) => accept === 'application/json', problem(500, 'Internal Server Error')),
  },
  {
    id: 'accept-json-200',
    title: 'answers with undocumented JSON where JSON is asked for',
    level: 'contract',
    behaviour: accepting((accept) => accept === 'application/json', response(200, json, '{"data":[]}')),
  },
  {
    id: 'query-400',
    title: 'refuses unknown query parameters',
    level: 'advice',
    behaviour: reporting((full, { query }) => (query.size > 0 ? problem(400, 'Bad Request') : full)),
  },
  {
    id: 'options-500',
    title: 'fails on OPTIONS',
    level: 'advice',
    behaviour: {
      intercept: (exchange) =>
        exchange.method === 'OPTIONS'
          ? problem(500, 'Internal Server Error')
          : referenceBehaviour.intercept(exchange),
    },
  },
  {
    id: 'head-500',
    title: 'fails on HEAD',
    level: 'http',
    behaviour: reporting((full, { method }) =>
      method === 'HEAD' ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'head-404',
    title: 'answers HEAD with 404',
    level: 'http',
    behaviour: reporting((full, { method }) => (method === 'HEAD' ? problem(404, 'Not Found') : full)),
  },
])

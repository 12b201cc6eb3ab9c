import { withEveryResponse, withReport, withReportHeaders, withReportType } from '../../behaviours.ts'
import { Crash } from '../../crash.ts'
import { countOf } from '../../exchange.ts'
import { referenceBehaviour } from '../../reference-behaviour.ts'
import {
  problem,
  response,
  type ServedResponse,
  withAddedHeader,
  withBody,
  withHeaders,
  withoutHeaders,
} from '../../response.ts'
import { inArea } from '../area.ts'

const waitingPage =
  '<!doctype html><html lang="en"><title>Usage</title><p>Your report is being prepared.</p></html>'

const whenEmpty = (instead: ServedResponse) =>
  withReport((full, { workspace }) => (workspace?.organizations.length === 0 ? instead : full))

/** Wrong statuses, media types and headers of the report’s response. */
export const reports = inArea('answers', [
  {
    id: 'report-500',
    title: 'fails on every report',
    level: 'contract',
    behaviour: withReport(() => problem(500, 'Internal Server Error')),
  },
  {
    id: 'report-204',
    title: 'answers 204 instead of a report',
    level: 'contract',
    behaviour: withReport(() => response(204)),
  },
  {
    id: 'report-202',
    title: 'promises a report for later',
    level: 'contract',
    behaviour: withReport(() => response(202, { 'Content-Type': 'application/json' }, '{"status":"queued"}')),
  },
  {
    id: 'report-201',
    title: 'answers with the report under 201',
    level: 'contract',
    behaviour: withReport((full) => ({ ...full, status: 201 })),
  },
  {
    id: 'report-redirected',
    title: 'redirects to where the report is stored',
    level: 'contract',
    behaviour: withReport(() => response(302, { Location: 'https://files.northwind.example/usage.pdf' })),
  },
  {
    id: 'report-json',
    title: 'answers 200 with JSON',
    level: 'contract',
    behaviour: withReport(() =>
      response(
        200,
        { 'Content-Type': 'application/json' },
        '{"url":"https://files.northwind.example/usage.pdf"}',
      ),
    ),
  },
  {
    id: 'report-page',
    title: 'answers 200 with an HTML page',
    level: 'contract',
    behaviour: withReport(() => response(200, { 'Content-Type': 'text/html' }, waitingPage)),
  },
  {
    id: 'type-octet-stream',
    title: 'declares the report to be application/octet-stream',
    level: 'contract',
    behaviour: withReportType('application/octet-stream'),
  },
  {
    id: 'type-x-pdf',
    title: 'declares the report to be application/x-pdf',
    level: 'contract',
    behaviour: withReportType('application/x-pdf'),
  },
  {
    id: 'type-html',
    title: 'declares the report to be HTML',
    level: 'contract',
    behaviour: withReportType('text/html'),
  },
  {
    id: 'type-pdf-word',
    title: 'declares the type "pdf"',
    level: 'contract',
    behaviour: withReportType('pdf'),
  },
  {
    id: 'type-listed',
    title: 'puts two media types into one field',
    level: 'contract',
    behaviour: withReportType('application/pdf, application/octet-stream'),
  },
  {
    id: 'type-missing',
    title: 'sends no Content-Type',
    level: 'contract',
    behaviour: withReport((full) => withoutHeaders(full, 'content-type')),
  },
  {
    id: 'type-twice',
    title: 'sends two Content-Type fields that differ',
    level: 'http',
    behaviour: withReport((full) => withAddedHeader(full, 'Content-Type', 'text/html')),
  },
  {
    id: 'body-empty',
    title: 'answers 200 with an empty body',
    level: 'contract',
    behaviour: withReport((full) => withBody(full, '')),
  },
  {
    id: 'flapping',
    title: 'fails on every other request for the report',
    level: 'contract',
    behaviour: withReport((full, exchange) =>
      countOf(exchange, 'reports') % 2 === 1 ? problem(500, 'Internal Server Error') : full,
    ),
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
    behaviour: withReport((full, { method }) =>
      method === 'HEAD' ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'head-404',
    title: 'answers HEAD with 404',
    level: 'http',
    behaviour: withReport((full, { method }) => (method === 'HEAD' ? problem(404, 'Not Found') : full)),
  },
  {
    id: 'empty-workspace-type',
    title: 'declares the report of an empty workspace to be bytes',
    level: 'contract',
    needs: ['emptyWorkspace'],
    behaviour: {
      represent: (full, { workspace }) =>
        workspace?.organizations.length === 0
          ? withHeaders(full, { 'Content-Type': 'application/octet-stream' })
          : full,
    },
  },
  {
    id: 'file-of-undefined',
    title: 'names the file after what it has not',
    level: 'advice',
    behaviour: withEveryResponse((response) =>
      response.status === 200
        ? withHeaders(response, { 'Content-Disposition': 'attachment; filename="undefined-usage.pdf"' })
        : response,
    ),
  },
  {
    id: 'part-with-a-tag-of-its-own',
    title: 'gives parts another entity tag than the whole',
    level: 'http',
    behaviour: withEveryResponse((response) =>
      response.status === 206 ? withHeaders(response, { ETag: '"part"' }) : response,
    ),
  },
  {
    id: 'field-internal-host',
    title: 'names the machine behind it in a field',
    level: 'advice',
    behaviour: withReportHeaders({ 'X-Backend': 'http://renderer-2.internal:9000' }),
  },
  {
    id: 'first-report-500',
    title: 'fails on the first report after its start',
    level: 'contract',
    behaviour: withReport((full, exchange) =>
      countOf(exchange, 'reports') === 0 ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'first-reports-500',
    title: 'fails on the first three reports after its start',
    level: 'contract',
    behaviour: withReport((full, exchange) =>
      countOf(exchange, 'reports') < 3 ? problem(500, 'Internal Server Error') : full,
    ),
  },
  {
    id: 'reports-at-once-500',
    title: 'fails on a report that is asked for while it draws another',
    level: 'contract',
    behaviour: {
      file: async (pdf, { memory }) => {
        if (memory.get('draws')) throw new Crash('the renderer is in use')
        memory.set('draws', true)
        await new Promise((resolve) => setTimeout(resolve, 25))
        memory.delete('draws')
        return pdf
      },
    },
  },
  {
    id: 'every-third-report-cut',
    title: 'sends half of every third report',
    level: 'contract',
    behaviour: withReport((full, exchange) =>
      countOf(exchange, 'reports') % 3 === 2
        ? withBody(full, full.body.subarray(0, full.body.length / 2))
        : full,
    ),
  },
])

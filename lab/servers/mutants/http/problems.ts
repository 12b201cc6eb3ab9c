import { withEveryRefusal } from '../../behaviours.ts'
import { withBody, withHeaders } from '../../response.ts'
import { inArea } from '../area.ts'

/** Changes the problem document (RFC 9457) of every refusal. */
const withProblem = (change: (problem: Record<string, unknown>) => Record<string, unknown>) =>
  withEveryRefusal((refused) =>
    withBody(refused, JSON.stringify(change(JSON.parse(refused.body.toString())))),
  )

/** Problem documents (RFC 9457), and internals that they reveal. */
export const problems = inArea('http', [
  {
    id: 'problem-status-differs',
    title: 'sends problems whose status is not the answer’s',
    level: 'http',
    behaviour: withProblem((refused) => ({ ...refused, status: 500 })),
  },
  {
    id: 'problem-type-malformed',
    title: 'sends problems whose type is no URI reference',
    level: 'http',
    behaviour: withProblem((refused) => ({ ...refused, type: 'not found <here>' })),
  },
  {
    id: 'problem-unreadable',
    title: 'sends problems that are no JSON',
    level: 'advice',
    behaviour: withEveryRefusal((refused) => withBody(refused, '<h1>No</h1>')),
  },
  {
    id: 'error-stack',
    title: 'shows a stack trace in errors',
    level: 'advice',
    behaviour: withProblem((refused) => ({
      ...refused,
      detail:
        'Error: no such row\n    at Object.find (/srv/app/src/workspaces.js:118:13)\n    at async handle (/srv/app/src/http.js:41:9)',
    })),
  },
  {
    id: 'error-sql',
    title: 'shows the query in errors',
    level: 'advice',
    behaviour: withProblem((refused) => ({
      ...refused,
      detail: "SQLSTATE[42S02]: Base table or view not found: SELECT * FROM workspaces WHERE id = 'x'",
    })),
  },
  {
    id: 'error-path',
    title: 'shows a path of its host in errors',
    level: 'advice',
    behaviour: withProblem((refused) => ({
      ...refused,
      detail: 'cannot open /var/www/html/storage/app/usage.pdf',
    })),
  },
  {
    id: 'problem-latin1',
    title: 'writes problems in ISO 8859-1',
    level: 'http',
    behaviour: withEveryRefusal((refused) =>
      withBody(
        refused,
        Buffer.from(JSON.stringify({ title: 'Zugriff für Sie gesperrt', status: refused.status }), 'latin1'),
      ),
    ),
  },
  {
    id: 'refusal-field-query',
    title: 'names its queries in a field of refusals',
    level: 'advice',
    behaviour: withEveryRefusal((refused) =>
      withHeaders(refused, {
        'Server-Timing': 'db;dur=12;desc="SELECT 1 FROM members WHERE workspace_id = 17"',
      }),
    ),
  },
])

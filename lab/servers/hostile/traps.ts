import type { Behaviour } from '../behaviour.ts'
import type { HostileServer } from '../declaration.ts'
import { countOf, requestHeader } from '../exchange.ts'
import { referenceBehaviour } from '../reference-behaviour.ts'
import { problem, response, withBody, withHeaders } from '../response.ts'
import type { Certificate } from '../tls.ts'

const tls = (certificate: Certificate, maxVersion?: 'TLSv1.1') => () => ({
  behaviour: {},
  reach: { tls: { certificate, ...(maxVersion && { maxVersion }) } },
})

const reporting = (change: Behaviour['represent']) => ({ behaviour: { represent: change } })

/** Coloured, clearing the screen, setting the window's title, and closing the tags around it. */
const markup =
  '\u001b[2J\u001b]0;owned\u0007\u001b[31m</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'

/** Leads the client elsewhere, or makes it write what it must not. */
export const traps: HostileServer[] = [
  {
    id: 'redirects-in-circle',
    title: 'redirects to itself',
    declare: () =>
      reporting((_, exchange) =>
        response(302, { Location: `${exchange.path}?turn=${countOf(exchange, 'turns')}` }),
      ),
  },
  {
    id: 'redirects-elsewhere',
    title: 'redirects reports to another origin',
    declare: (elsewhere) => reporting((_, { path }) => response(307, { Location: `${elsewhere}${path}` })),
  },
  {
    id: 'refuses-elsewhere',
    title: 'redirects refusals to another origin',
    declare: (elsewhere) => ({
      behaviour: { refuse: (_, { path }) => response(302, { Location: `${elsewhere}${path}` }) },
    }),
  },
  {
    id: 'list-elsewhere',
    title: 'redirects its list, and the next page of it, to another origin',
    declare: (elsewhere) => ({
      oracle: 'api',
      behaviour: {
        intercept: (exchange) =>
          exchange.path.endsWith('/organizations')
            ? response(302, {
                Location: `${elsewhere}${exchange.path}`,
                Link: `<${elsewhere}/next>; rel="next"`,
              })
            : referenceBehaviour.intercept(exchange),
      },
    }),
  },
  {
    id: 'list-endless',
    title: 'has always one more page of its list',
    declare: () => ({
      oracle: 'api',
      behaviour: {
        respond: (given, exchange) => {
          const response = withHeaders(given, {})
          return exchange.path.endsWith('/organizations') && given.status === 200
            ? withBody(
                response,
                given.body
                  .toString()
                  .replace(
                    '"has_more":false',
                    `"has_more":true,"next_cursor":"c${countOf(exchange, 'pages')}"`,
                  ),
              )
            : response
        },
      },
    }),
  },
  {
    id: 'busy-for-ever',
    title: 'asks every client to come back in a year',
    declare: () => reporting(() => problem(503, 'Service Unavailable', { 'Retry-After': '31536000' })),
  },
  {
    id: 'echoes-token',
    title: 'repeats the token in fields and bodies, in three encodings',
    declare: () => ({
      behaviour: {
        respond: async (given, exchange) => {
          const response = await referenceBehaviour.respond(given, exchange)
          const sent = requestHeader(exchange, 'authorization') ?? ''
          const encoded = [sent, encodeURIComponent(sent), Buffer.from(sent).toString('base64')]
          const headers = { 'X-Debug': encoded.map((one) => one.replace(/[^\x20-\x7e]/g, '')).join(' | ') }
          return given.status >= 400
            ? withHeaders(
                withBody(
                  response,
                  JSON.stringify({ type: 'about:blank', status: given.status, request: encoded }),
                ),
                headers,
              )
            : withHeaders(response, headers)
        },
      },
    }),
  },
  {
    id: 'writes-markup',
    title: 'sends terminal controls and markup where a report would show them',
    declare: () => ({
      behaviour: {
        refuse: async (...given) =>
          withBody(
            withHeaders(await referenceBehaviour.refuse(...given), {
              'X-Note': markup.replace(/[\u0000-\u001f]/g, ''),
            }),
            markup,
          ),
        content: (content) => ({ ...content, title: markup.replace(/[\u0000-\u001f]/g, '') }),
      },
    }),
  },
  { id: 'tls-wrong-name', title: 'shows a certificate of another name', declare: tls('elsewhere') },
  { id: 'tls-self-signed', title: 'shows a certificate that nobody signed', declare: tls('self-signed') },
  { id: 'tls-expired', title: 'shows a certificate that has expired', declare: tls('expired') },
  { id: 'tls-old', title: 'speaks no TLS later than 1.1', declare: tls('localhost', 'TLSv1.1') },
]

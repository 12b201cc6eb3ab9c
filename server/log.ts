import type { IncomingMessage, ServerResponse } from 'node:http'
import { destination, type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** JSON lines on standard error. */
export function createLog(level: (typeof logLevels)[number]): Logger {
  return pino({ level }, destination(2))
}

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

/** One line a request. No header but `User-Agent` is written, and no secret that a URL may carry. */
export function logRequests(logger: Logger): Middleware {
  if (logger.level === 'silent') return (_request, _response, next) => next()
  return pinoHttp<IncomingMessage, ServerResponse>({
    logger,
    wrapSerializers: false,
    serializers: {
      req: ({ method, url = '', headers }: IncomingMessage) => ({
        method,
        url: withoutSecrets(url),
        userAgent: withoutSecrets(headers['user-agent'] ?? ''),
      }),
      res: ({ statusCode }: ServerResponse) => ({ statusCode }),
      // The library makes an error of each status 5xx: its stack says nothing.
      err: ({ name, message }: Error) => ({ type: name, message }),
    },
    // A client that disconnects before it has the response is no error of the server.
    customLogLevel: (_request, { statusCode, writableFinished }, error) =>
      writableFinished && (error || statusCode >= 500) ? 'error' : 'info',
  })
}

const tellingName = /token|secret|password|authorization|key|code/i

/** Replaces what looks like a credential: JWTs anywhere, and the values of parameters with telling names. */
export function withoutSecrets(text: string): string {
  // Clients choose this text: each pattern is such that no place is looked at twice.
  return text
    .replace(/([?&][^=&?]*=)[^&#\s]*/g, (whole, name: string) =>
      tellingName.test(name) ? `${name}[removed]` : whole,
    )
    .replace(/[\w.-]{16,}/g, (run) => (run.includes('eyJ') && run.includes('.') ? '[token]' : run))
}

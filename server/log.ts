import type { IncomingMessage, ServerResponse } from 'node:http'
import { destination, type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

/** JSON lines on standard error. */
export function createLog(level: (typeof logLevels)[number]): Logger {
  return pino({ level }, destination(2))
}

/** One line a request. No header but `User-Agent` is written, and no secret that a URL may carry. */
export function logRequests(logger: Logger) {
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
    },
    customLogLevel: (_request, { statusCode }, error) => (error || statusCode >= 500 ? 'error' : 'info'),
  })
}

/** Replaces what looks like a credential: JWTs anywhere, and the values of parameters with telling names. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, '[token]')
    .replace(/([?&][^=&]*(?:token|secret|password|authorization|key|code)[^=&]*=)[^&#\s]*/gi, '$1[removed]')
}

import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { ApiResponse } from '../../http/api-response.ts'
import { isFromForeignPage } from '../../http/own-origin.ts'
import type { PlayedResponse } from '../schedule.ts'
import { explainCredentials, type TrustedIssuer } from './credentials.ts'
import { isForced, type JournaledExchange, type Notes } from './exchange.ts'
import type { JournalStore } from './journal-store.ts'
import { redactBody, removeCredentials } from './redaction.ts'
import { describeSent, type SentResponse, trackBody } from './sent-response.ts'

/** What is known about a request until it is over. */
interface Recording {
  at?: Date
  notes: Notes
  /** What is wrong with its token, where another response was set than the refusal. */
  refusal?: string | undefined
  /** Its number, where it is stored before it is over. */
  stored?: Promise<number>
  /** The part of the response's body that has been sent. */
  sentBody?: () => Buffer
}

/** The most recent requests, in the order in which they ended. */
export interface Journal
  extends Pick<JournalStore, 'id' | 'exchanges' | 'lastId' | 'missing' | 'clear' | 'refresh'> {
  /** Middleware that records each request when it is over. */
  observe: RequestHandler
  /**
   * To be called before a response is sent: where replicas share the journal, it is stored by then, since the client may
   * ask another replica for it at once. Responses that are sent over time are recorded when they are over.
   */
  announce(response: Response, made: ApiResponse): Promise<void>
}

/** The recording of the request of this response. */
function recordingOf(response: Response): Recording {
  const locals = response.locals as { recording?: Recording }
  locals.recording ??= { notes: {} }
  return locals.recording
}

const note = (response: Response, notes: Notes) => Object.assign(recordingOf(response).notes, notes)

/** Notes which operation is called, by whom, and why it is refused unless a response is set. */
export function noteCall(response: Response, notes: Notes, refusal: string | undefined): void {
  note(response, notes)
  recordingOf(response).refusal = refusal
}

/** Notes what made a response in the operation's place, and why the contract does not allow it, if it does not. */
export function noteRule(
  response: Response,
  { kind, id, scenario }: NonNullable<PlayedResponse['rule']>,
  undocumented: string | undefined,
): void {
  note(response, { scenario, undocumented, ...(kind === 'response' && { ownResponse: id }) })
}

/** To be called before a response is sent: notes its preferences and its problem, and follows its body. */
export function noteResponse(response: Response, made: ApiResponse): void {
  const { headers, problem, breaksConnection } = made
  note(response, {
    preferences: headers['Preference-Applied'],
    ...(headers['X-Mock-Engine'] === 'proxy' && { isPassedOn: true as const }),
    ...(breaksConnection && { breaksConnection }),
    ...(problem && { problem: { code: problem.code, detail: problem.message } }),
  })
  recordingOf(response).sentBody = trackBody(response, made)
}

export interface JournalOptions {
  store: JournalStore
  /** Whether other replicas read it: an exchange must then be stored before its client can ask for it elsewhere. */
  isShared: boolean
  clock: () => Date
  log: Logger
  /** An issuer that is trusted besides the mock itself. */
  provider: TrustedIssuer | undefined
}

export function createJournal({ store, isShared, clock, log, provider }: JournalOptions): Journal {
  const describe = (
    request: Request,
    response: Response,
    sent: SentResponse | undefined,
  ): Omit<JournaledExchange, 'id'> => {
    const { at = clock(), notes, refusal: noted } = recordingOf(response)
    const { method, originalUrl: url, body } = request
    const isRefusal = notes.problem?.code === 'unauthorized' && !isForced(notes)
    const refusal = isRefusal ? notes.problem?.detail : noted
    return {
      ...notes,
      at,
      method,
      url,
      headers: removeCredentials(request.headers),
      ...(body !== undefined && { body: redactBody(body) }),
      status: sent ? response.statusCode : null,
      ...(sent && { response: sent }),
      durationMs: clock().getTime() - at.getTime(),
      ...(refusal && { credentials: explainCredentials(request, refusal, at, provider) }),
      isForeignPage: isFromForeignPage(request) && !response.hasHeader('Access-Control-Allow-Origin'),
    }
  }
  const observe: RequestHandler = (request, response, next) => {
    const recording = recordingOf(response)
    recording.at = clock()
    response.once('close', () => {
      const { notes, stored, sentBody } = recording
      const isCancelled = !response.writableFinished && !notes.breaksConnection
      const exchange = {
        ...describe(request, response, describeSent(response, sentBody?.() ?? Buffer.alloc(0))),
        ...(isCancelled && { cancelled: true as const }),
      }
      const record = stored ? stored.then((id) => store.amend({ ...exchange, id })) : store.add(exchange)
      record.catch((err: unknown) => log.error({ err }, 'a request is missing in the journal'))
    })
    next()
  }
  const announce: Journal['announce'] = async (response, { status, write, breaksConnection }) => {
    const recording = recordingOf(response)
    if (!isShared || !recording.at || write || breaksConnection) return
    recording.stored = store.add({ ...describe(response.req, response, undefined), status })
    await recording.stored
  }
  const { id, exchanges, lastId, missing, clear, refresh } = store
  return { id, observe, announce, exchanges, lastId, missing, clear, refresh }
}

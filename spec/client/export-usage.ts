import { parse } from 'content-disposition'
import type { Problem } from './problem.ts'
import { findPdfDefect } from './whole-pdf.ts'
import type { WorkspacesClient } from './workspaces-client.ts'

/**
 * Which report to download, and how.
 *
 * @example
 * ```ts
 * import type { UsageExportOptions } from 'altostrat-contract/client'
 *
 * const options: UsageExportOptions = {
 *   workspaceId: 'ws_a1b2c3d4e5f6g7h8',
 *   signal: AbortSignal.timeout(60_000),
 *   onProgress: ({ receivedBytes, totalBytes }) => console.log(receivedBytes, 'of', totalBytes ?? 'unknown'),
 * }
 * ```
 */
export interface UsageExportOptions {
  workspaceId: string
  /** Ends the download; `exportUsage` then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Called after each part of the file. `totalBytes` is absent where the response does not say it. */
  onProgress?: (progress: { receivedBytes: number; totalBytes?: number }) => void
}

/**
 * A complete report, and the name that the API gives it.
 *
 * @example
 * ```ts
 * import type { UsageExport } from 'altostrat-contract/client'
 *
 * const save = ({ blob, fileName }: UsageExport) =>
 *   Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: fileName }).click()
 * ```
 */
export interface UsageExport {
  /** `application/pdf` */
  blob: Blob
  fileName: string
}

/**
 * A report that could not be downloaded.
 *
 * @example
 * ```ts
 * import { ExportError } from 'altostrat-contract/client'
 *
 * const canTryAgain = (error: unknown) => error instanceof ExportError && error.reason !== 'refused'
 * ```
 */
export class ExportError extends Error {
  override name = 'ExportError'
  /**
   * `refused`: the API responded with an error; `incomplete`: what arrived is no whole PDF; `unreachable`: there was no
   * response.
   */
  readonly reason: 'refused' | 'incomplete' | 'unreachable'
  /** The status of the response, if there was one. */
  readonly status?: number
  /** What the API says, where it refused. */
  readonly problem?: Problem
  /** Seconds to wait before the next attempt, where the response says so. */
  readonly retryAfterSeconds?: number

  constructor(
    reason: ExportError['reason'],
    message: string,
    {
      cause,
      ...details
    }: Partial<Pick<ExportError, 'status' | 'problem' | 'retryAfterSeconds' | 'cause'>> = {},
  ) {
    super(message, { cause })
    this.reason = reason
    Object.assign(this, details)
  }
}

const path = '/workspaces/{workspaceId}/organizations/usage.pdf'

/**
 * Downloads the usage report of a workspace. Rejects with {@link ExportError}, or with the reason of the signal.
 *
 * @example
 * ```ts
 * import { createWorkspacesClient, ExportError, exportUsage } from 'altostrat-contract/client'
 *
 * const client = createWorkspacesClient({ baseUrl: 'http://127.0.0.1:4010', token: 'eyJ…' })
 * try {
 *   const { blob, fileName } = await exportUsage(client, { workspaceId: 'ws_a1b2c3d4e5f6g7h8' })
 *   console.log(fileName, blob.size)
 * } catch (error) {
 *   if (error instanceof ExportError) console.error(error.reason, error.status, error.message)
 *   else throw error
 * }
 * ```
 */
export async function exportUsage(
  client: WorkspacesClient,
  { workspaceId, signal, onProgress }: UsageExportOptions,
): Promise<UsageExport> {
  const received = await client
    .GET(path, { params: { path: { workspaceId } }, parseAs: 'stream', ...(signal && { signal }) })
    .catch((cause: Error) => {
      if (signal?.aborted) throw signal.reason
      throw new ExportError('unreachable', `There was no response: ${cause.message}`, { cause })
    })
  const { response, error } = received
  if (error) throw refusal(error, response)
  const blob = await receive(response, onProgress, signal)
  const defect = await findPdfDefect(blob)
  if (defect) throw new ExportError('incomplete', defect, { status: response.status })
  return { blob, fileName: fileNameOf(response.headers) ?? `${workspaceId}-usage.pdf` }
}

function refusal(problem: Problem, { status, headers }: Response): ExportError {
  const seconds = readRetryAfter(headers.get('Retry-After'))
  return new ExportError('refused', problem.detail, {
    status,
    problem,
    ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  })
}

async function receive(
  response: Response,
  onProgress: UsageExportOptions['onProgress'],
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const { body, status, headers } = response
  // Some replacements of fetch have no streams.
  if (!body) return response.blob()
  const totalBytes = totalOf(headers)
  const parts: BlobPart[] = []
  let receivedBytes = 0
  const reader = body.getReader()
  const next = () =>
    reader.read().catch((cause) => {
      if (signal?.aborted) throw signal.reason
      const message = `The connection ended after ${receivedBytes} of ${totalBytes ?? 'an unknown number of'} bytes.`
      throw new ExportError('incomplete', message, { status, cause })
    })
  for (let part = await next(); !part.done; part = await next()) {
    parts.push(part.value)
    receivedBytes += part.value.length
    onProgress?.({ receivedBytes, ...(totalBytes !== undefined && { totalBytes }) })
  }
  return new Blob(parts, { type: 'application/pdf' })
}

/** Undefined where the length is not known, or is that of the encoded body. */
function totalOf(headers: Headers): number | undefined {
  const length = headers.get('Content-Length')
  return length === null || headers.has('Content-Encoding') ? undefined : Number(length)
}

/** Seconds of a `Retry-After` header (RFC 9110 §10.2.3), which has a number of them or a date. */
function readRetryAfter(value: string | null): number | undefined {
  if (value === null) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - Date.now()) / 1000)
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}

/** The file name of a response, without folders (RFC 6266 §4.3). */
function fileNameOf(headers: Headers): string | undefined {
  const { filename } = parse(headers.get('Content-Disposition') ?? '').parameters
  return filename?.split(/[/\\]/).at(-1) || undefined
}

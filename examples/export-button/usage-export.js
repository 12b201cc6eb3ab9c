/**
 * Downloads the usage report of a workspace.
 * @returns {Promise<{ name: string, pdf: Blob }>} the file name from Content-Disposition, and the document
 * @throws {ExportError} with a message for the user
 */
export async function fetchUsageReport({ api, token, workspaceId, signal }) {
  const response = await fetch(
    `${api}/workspaces/${encodeURIComponent(workspaceId)}/organizations/usage.pdf`,
    {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/pdf' },
      signal,
    },
  )
  if (!response.ok) throw new ExportError(response.status)
  const pdf = await response.blob()
  // A 200 may still hold a proxy's HTML page or half a document: save only a complete PDF.
  const [start, end] = await Promise.all([pdf.slice(0, 5).text(), pdf.slice(-1024).text()])
  if (start !== '%PDF-' || !end.includes('%%EOF')) throw new ExportError(502)
  return { name: fileNameOf(response.headers.get('Content-Disposition')) ?? 'usage.pdf', pdf }
}

const advice = {
  401: 'Your session has ended. Sign in again.',
  403: 'You have no access to this workspace.',
  404: 'This workspace does not exist.',
  429: 'Too many requests. Try again in a moment.',
  503: 'The service is busy. Try again in a moment.',
}

/** A failed download, with a message for the user and the status (502 where a 200 held no complete PDF). */
export class ExportError extends Error {
  constructor(status) {
    super(advice[status] ?? 'The report could not be downloaded. Try again later.')
    this.status = status
  }
}

/** The file name in a Content-Disposition header: `filename*` (RFC 8187) before `filename` (RFC 6266 §4.3). */
export function fileNameOf(disposition) {
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? '')
  if (extended) return decodeURIComponent(extended[1])
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '')
  return plain ? (plain[1]?.replaceAll(/\\(.)/g, '$1') ?? plain[2]) : undefined
}

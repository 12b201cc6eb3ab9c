/**
 * Downloads the usage report of a workspace.
 * @returns {Promise<{ name: string, pdf: Blob }>} the file name that the server gives, and the document
 * @throws {ExportError} with what a person can do about it
 */
export async function fetchUsageReport({ api, token, workspaceId, signal }) {
  const answer = await fetch(`${api}/workspaces/${encodeURIComponent(workspaceId)}/organizations/usage.pdf`, {
    headers: { Authorization: `Bearer ${token}`, Accept: 'application/pdf' },
    signal,
  })
  if (!answer.ok) throw new ExportError(answer.status)
  const pdf = await answer.blob()
  // A proxy's error page can arrive as 200, and so can half a document: what is saved must be what was asked for.
  const [begin, end] = await Promise.all([pdf.slice(0, 5).text(), pdf.slice(-1024).text()])
  if (begin !== '%PDF-' || !end.includes('%%EOF')) throw new ExportError(502)
  return { name: fileNameOf(answer.headers.get('Content-Disposition')) ?? 'usage.pdf', pdf }
}

const advice = {
  401: 'Your session has ended. Sign in again.',
  403: 'You have no access to this workspace.',
  404: 'This workspace does not exist.',
  429: 'Too many requests. Try again in a moment.',
  503: 'The report is being prepared for others. Try again in a moment.',
}

export class ExportError extends Error {
  constructor(status) {
    super(advice[status] ?? 'The report could not be made. Try again later.')
    this.status = status
  }
}

/** The file name in a Content-Disposition field: `filename*` (RFC 8187) before `filename` (RFC 6266 §4.3). */
export function fileNameOf(disposition) {
  const extended = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? '')
  if (extended) return decodeURIComponent(extended[1])
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '')
  return plain ? (plain[1]?.replaceAll(/\\(.)/g, '$1') ?? plain[2]) : undefined
}

import { tokenFor } from './control.js'

/** What curl sets by itself, or what belongs to the connection of the client that sent the request. */
const ownHeaders =
  /^(host|connection|content-length|accept-encoding|transfer-encoding|keep-alive|te|upgrade.*|sec-.*|authorization)$/

/** The request of a journal entry as a command for a shell, with a new token of its persona. */
export async function curlCommand({ method, path, query, headers, body, persona }) {
  const parameters = new URLSearchParams(query).toString()
  const parts = ['curl -sS']
  if (method === 'HEAD') parts.push('--head')
  else if (method !== 'GET') parts.push(`-X ${method}`)
  parts.push(quote(location.origin + path + (parameters ? `?${parameters}` : '')))
  if (persona) parts.push(`-H ${quote(`Authorization: Bearer ${await tokenFor(persona)}`)}`)
  // The journal does not keep credentials.
  else if ('authorization' in headers) parts.push('-H "Authorization: Bearer $TOKEN"')
  for (const [name, value] of Object.entries(headers)) {
    if (!ownHeaders.test(name) && value !== '[removed]') parts.push(`-H ${quote(`${name}: ${value}`)}`)
  }
  if (body !== undefined)
    parts.push(`--data-raw ${quote(typeof body === 'string' ? body : JSON.stringify(body))}`)
  if (path.endsWith('.pdf')) parts.push(`-o ${quote(path.split('/').at(-1))}`)
  return parts.join(' \\\n  ')
}

const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`

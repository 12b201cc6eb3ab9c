import { byId } from './elements.js'

let controlToken

/** The headers that the control plane needs. */
export const controlHeaders = () => (controlToken ? { authorization: `Bearer ${controlToken}` } : {})

/** Calls the control plane. Rejects with the detail of the problem, or once `signal` is aborted. */
export async function control(path, { method = 'GET', body, signal } = {}) {
  const sent = controlToken
  const headers = {
    ...controlHeaders(),
    ...(body && { 'content-type': 'application/json' }),
  }
  const response = await fetch(`/_mock/${path}`, {
    method,
    headers,
    signal,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (response.status === 401) {
    // Another call may have got a new token meanwhile: ask only if this is still the refused one.
    if (sent === controlToken) controlToken = await askForToken(Boolean(sent))
    return control(path, { method, body, signal })
  }
  if (response.ok) return response.status === 204 ? undefined : response.json()
  const problem = await response.json().catch(() => ({}))
  throw new Error(problem.detail ?? `The mock answered ${response.status}.`)
}

let pendingToken
function askForToken(isRefused) {
  byId('control-token-refused').hidden = !isRefused
  pendingToken ??= new Promise((resolve) => {
    const dialog = byId('control-token-dialog')
    dialog.addEventListener(
      'close',
      () => {
        pendingToken = undefined
        resolve(byId('control-token').value)
      },
      { once: true },
    )
    byId('control-token').value = ''
    dialog.showModal()
  })
  return pendingToken
}

/** A bearer token of a persona. Options: `defect`, and `expires_in` (seconds). */
export async function tokenFor(persona, options = {}) {
  const query = new URLSearchParams({ persona, ...options })
  return (await control(`token?${query}`)).access_token
}

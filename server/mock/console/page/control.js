import { byId } from './elements.js'

let controlToken

/** Calls the control plane. Rejects with what the problem says. */
export async function control(path, { method = 'GET', body } = {}) {
  const sent = controlToken
  const headers = {
    ...(sent && { authorization: `Bearer ${sent}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(`/_mock/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (answer.status === 401) {
    // Others may have been told it meanwhile.
    if (sent === controlToken) controlToken = await askForToken(Boolean(sent))
    return control(path, { method, body })
  }
  if (answer.ok) return answer.status === 204 ? undefined : answer.json()
  const problem = await answer.json().catch(() => ({}))
  throw new Error(problem.detail ?? `The mock answered ${answer.status}.`)
}

let asking
function askForToken(isRefused) {
  byId('control-token-refused').hidden = !isRefused
  asking ??= new Promise((resolve) => {
    const dialog = byId('control-token-dialog')
    dialog.addEventListener(
      'close',
      () => {
        asking = undefined
        resolve(byId('control-token').value)
      },
      { once: true },
    )
    byId('control-token').value = ''
    dialog.showModal()
  })
  return asking
}

/** A bearer token of a persona: `defect` makes it wrong in a way, `expires_in` says for how many seconds it is right. */
export async function tokenFor(persona, options = {}) {
  const query = new URLSearchParams({ persona, ...options })
  return (await control(`token?${query}`)).access_token
}

import { byId } from './elements.js'

let controlToken

/** Calls the control plane. Rejects with what the problem says. */
export async function control(path, { method = 'GET', body } = {}) {
  const headers = {
    ...(controlToken && { authorization: `Bearer ${controlToken}` }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const answer = await fetch(`/_mock/${path}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (answer.status === 401) {
    controlToken = await askForToken()
    return control(path, { method, body })
  }
  if (answer.ok) return answer.status === 204 ? undefined : answer.json()
  const problem = await answer.json().catch(() => ({}))
  throw new Error(problem.detail ?? `The mock answered ${answer.status}.`)
}

let asking
function askForToken() {
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
    dialog.showModal()
  })
  return asking
}

/** A bearer token of a persona, with a defect where one is named. */
export async function tokenFor(persona, defect) {
  const query = new URLSearchParams({ persona, ...(defect && { defect }) })
  return (await control(`token?${query}`)).access_token
}

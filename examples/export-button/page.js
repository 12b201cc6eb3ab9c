import { createWorkspacesClient, ExportError, exportUsage } from 'altostrat-contract/client'

// A real page has its own sign-in; this one reads API, persona and workspace from its URL:
// index.html?api=http://127.0.0.1:4010&persona=owner&workspace=ws_a1b2c3d4e5f6g7h8
const query = new URLSearchParams(location.search)
const api = query.get('api') ?? 'http://127.0.0.1:4010'
const workspaceId = query.get('workspace') ?? 'ws_a1b2c3d4e5f6g7h8'
const persona = query.get('persona') ?? 'owner'
const client = createWorkspacesClient({ baseUrl: api, token: signIn })

const status = document.querySelector('#status')
const button = document.querySelector('#export')
const table = document.querySelector('table')

async function signIn() {
  const response = await fetch(`${api}/_mock/token?persona=${encodeURIComponent(persona)}`)
  return (await response.json()).access_token
}

async function listOrganizations() {
  const { data, error } = await client.GET('/workspaces/{workspaceId}/organizations', {
    params: { path: { workspaceId } },
  })
  if (error) throw new Error(`The organizations could not be loaded (status ${error.status}).`)
  table.tBodies[0].replaceChildren(
    ...inTreeOrder(data.data).map(({ name, depth, usage, limits }) => {
      const row = document.createElement('tr')
      const cells = [name, usage.subtree_usage.users ?? 0, limits.users ?? '–'].map((text, column) => {
        const cell = document.createElement('td')
        cell.textContent = text
        if (column > 0) cell.className = 'figure'
        else cell.style.paddingInlineStart = `${0.5 + depth}rem`
        return cell
      })
      row.append(...cells)
      return row
    }),
  )
  table.hidden = data.data.length === 0
  status.textContent = data.data.length === 0 ? 'There are no organizations yet.' : ''
}

/** Sorts organizations below their parents, since the API promises no order. */
function inTreeOrder(organizations, parent = null) {
  return organizations
    .filter(({ parent_org_id }) => parent_org_id === parent)
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((one) => [one, ...inTreeOrder(organizations, one.id)])
}

function save({ fileName, blob }) {
  const link = Object.assign(document.createElement('a'), {
    href: URL.createObjectURL(blob),
    download: fileName,
  })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

const advice = {
  401: 'Your session has ended. Sign in again.',
  403: 'You have no access to this workspace.',
  404: 'This workspace does not exist.',
  429: 'Too many requests. Try again in a moment.',
  503: 'The service is busy. Try again in a moment.',
}

/** A failed download, for the user. */
function explain(error) {
  const known = error instanceof ExportError && error.reason === 'refused' && advice[error.status]
  return known || 'The report could not be downloaded. Try again later.'
}

try {
  await listOrganizations()
  button.disabled = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Preparing the report…'
    try {
      const report = await exportUsage(client, {
        workspaceId,
        onProgress: ({ receivedBytes, totalBytes }) => {
          const percent = totalBytes ? ` (${Math.round((100 * receivedBytes) / totalBytes)} %)` : ''
          status.textContent = `Downloading the report${percent}…`
        },
      })
      save(report)
      status.textContent = `Saved ${report.fileName}.`
    } catch (error) {
      status.textContent = explain(error)
    } finally {
      button.disabled = false
    }
  })
} catch (error) {
  status.textContent = error.message
}

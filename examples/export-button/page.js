import { fetchUsageReport } from './usage-export.js'

// A real page has its own sign-in; this one reads API, persona and workspace from its URL:
// index.html?api=http://127.0.0.1:4010&persona=owner&workspace=ws_a1b2c3d4e5f6g7h8
const query = new URLSearchParams(location.search)
const api = query.get('api') ?? 'http://127.0.0.1:4010'
const workspaceId = query.get('workspace') ?? 'ws_a1b2c3d4e5f6g7h8'
const persona = query.get('persona') ?? 'owner'

const status = document.querySelector('#status')
const button = document.querySelector('#export')
const table = document.querySelector('table')

const readJson = async (response) => {
  if (!response.ok) throw new Error(`The organizations could not be loaded (status ${response.status}).`)
  return response.json()
}

async function listOrganizations(token) {
  const { data } = await readJson(
    await fetch(`${api}/workspaces/${encodeURIComponent(workspaceId)}/organizations`, {
      headers: { Authorization: `Bearer ${token}` },
    }),
  )
  table.tBodies[0].replaceChildren(
    ...inTreeOrder(data).map(({ name, depth, usage, limits }) => {
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
  table.hidden = data.length === 0
  status.textContent = data.length === 0 ? 'There are no organizations yet.' : ''
}

/** Sorts organizations below their parents, since the API promises no order. */
function inTreeOrder(organizations, parent = null) {
  return organizations
    .filter(({ parent_org_id }) => parent_org_id === parent)
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((one) => [one, ...inTreeOrder(organizations, one.id)])
}

function save({ name, pdf }) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(pdf), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

try {
  const { access_token: token } = await readJson(await fetch(`${api}/_mock/token?persona=${persona}`))
  await listOrganizations(token)
  button.disabled = false
  button.addEventListener('click', async () => {
    button.disabled = true
    status.textContent = 'Preparing the report…'
    try {
      const report = await fetchUsageReport({ api, token, workspaceId })
      save(report)
      status.textContent = `Saved ${report.name}.`
    } catch (error) {
      status.textContent = error.message
    } finally {
      button.disabled = false
    }
  })
} catch (error) {
  status.textContent = error.message
}

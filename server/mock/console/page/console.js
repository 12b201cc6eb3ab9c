import { control } from './control.js'
import { byId, element, say, showError } from './elements.js'
import { startJournal } from './journal.js'
import { startPersonas } from './personas.js'
import { startReport } from './report.js'
import { startScenarios } from './scenarios.js'

byId('address').textContent = location.origin

/** An own contract may have no report, and no operation that needs a token. */
async function start() {
  const { paths } = await control('openapi.json')
  const hasReport = '/workspaces/{workspaceId}/organizations/usage.pdf' in paths
  const personas = await startPersonas()
  for (const id of ['report', 'copy-curl', 'skip-to-report']) byId(id).hidden = !hasReport
  byId('personas').hidden = personas.names.length === 0
  const starting = hasReport ? startReport(personas) : Promise.resolve({ reload: async () => {} })
  const [report, scenarios, journal] = await Promise.all([
    starting,
    startScenarios(personas),
    startJournal({ onChange: async () => (await starting).reload() }),
  ])
  byId('reset').addEventListener('click', async () => {
    await control('reset', { method: 'POST' })
    await Promise.all([report.reload(), scenarios.reload()])
    journal.clear()
    say('Restored the fixtures.')
  })
}

// A link carries no control token.
byId('openapi').addEventListener('click', async (event) => {
  event.preventDefault()
  const text = JSON.stringify(await control('openapi.json'), null, 2)
  const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  element('a', { href, download: 'openapi.json' }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
})
await start().catch((error) => {
  showError(error)
  throw error
})
document.documentElement.dataset.ready = 'true'

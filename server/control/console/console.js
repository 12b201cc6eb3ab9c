import { control } from './control.js'
import { byId, say } from './elements.js'
import { startJournal } from './journal.js'
import { startPersonas } from './personas.js'
import { startReport } from './report.js'
import { startScenarios } from './scenarios.js'

byId('address').textContent = location.origin

const personas = await startPersonas()
const [report, scenarios, journal] = await Promise.all([
  startReport(personas),
  startScenarios(personas),
  startJournal(),
])
byId('reset').addEventListener('click', async () => {
  await control('reset', { method: 'POST' })
  await Promise.all([report.reload(), scenarios.reload()])
  journal.clear()
  say('Back to the fixtures.')
})
document.documentElement.dataset.ready = 'true'

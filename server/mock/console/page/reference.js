import { control, tokenFor } from './control.js'
import { byId, fillSelect, giveUp, say } from './elements.js'

const [spec, { personas }] = await Promise.all([control('openapi.json'), control('personas')]).catch(
  (error) => {
    giveUp(error)
    throw error
  },
)
const select = byId('persona')
fillSelect(
  select,
  personas.map(({ name, displayName }) => [name, `${name} (${displayName})`]),
)
const known = localStorage.getItem('persona')
if (personas.some(({ name }) => name === known)) select.value = known

// The page stays open longer than other tokens last.
const aMonth = 30 * 24 * 3600
const authorize = async () => {
  viewer.preauthorizeApiKey('bearerAuth', await tokenFor(select.value, { expires_in: aMonth }))
  say(`Requests carry a token of ${select.value}.`)
  document.documentElement.dataset.persona = select.value
}
const viewer = window.SwaggerUIBundle({
  spec,
  domNode: byId('viewer'),
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Neither the public validator nor anything else outside this machine is asked.
  validatorUrl: null,
  onComplete: authorize,
})
select.addEventListener('change', () => {
  localStorage.setItem('persona', select.value)
  authorize()
})

// Swagger UI has dark colours, but waits to be told.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()

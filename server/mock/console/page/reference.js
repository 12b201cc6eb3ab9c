import { control, tokenFor } from './control.js'
import { byId, fillSelect, say, showError } from './elements.js'

const [spec, { personas }] = await Promise.all([control('openapi.json'), control('personas')]).catch(
  (error) => {
    showError(error)
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

// The page may stay open longer than a token lasts by default.
const aMonth = 30 * 24 * 3600
const authorize = async () => {
  viewer.preauthorizeApiKey('bearerAuth', await tokenFor(select.value, { expires_in: aMonth }))
  say(`Requests are sent with a token of ${select.value}.`)
  document.documentElement.dataset.persona = select.value
}
const viewer = window.SwaggerUIBundle({
  spec,
  domNode: byId('viewer'),
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // Sends nothing to Swagger's public validator.
  validatorUrl: null,
  onComplete: authorize,
})
select.addEventListener('change', () => {
  localStorage.setItem('persona', select.value)
  authorize()
})

// Swagger UI has a dark theme, but does not follow the system's setting by itself.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()

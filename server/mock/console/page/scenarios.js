import { control } from './control.js'
import { byId, element, fillSelect, say } from './elements.js'

/** The form to set scenarios, and the list of active ones and of responses that tests have set. */
export async function startScenarios(personas) {
  const [{ available }, { paths }] = await Promise.all([control('scenarios'), control('openapi.json')])
  const operations = Object.values(paths).flatMap((path) =>
    Object.values(path).flatMap(({ operationId, summary }) =>
      operationId ? [[operationId, summary ?? operationId]] : [],
    ),
  )
  fillSelect(
    byId('scenario'),
    available.map(({ name }) => [name, name]),
  )
  fillSelect(byId('scenario-persona'), [['', 'any persona'], ...personas.names.map((name) => [name, name])])
  fillSelect(byId('scenario-operation'), [['', 'any operation'], ...operations])

  const show = () => {
    const { title, parameters, required } = available.find(({ name }) => name === byId('scenario').value)
    byId('scenario-note').textContent = title
    byId('scenario-parameters').replaceChildren(
      ...Object.entries(parameters).map(([name, schema]) =>
        parameterField(name, schema, required.includes(name)),
      ),
    )
  }
  byId('scenario').addEventListener('change', show)
  show()

  const reload = async () => {
    const [{ scenarios }, { responses }] = await Promise.all([control('scenarios'), control('responses')])
    const items = [
      ...scenarios.map((scenario) => activeItem('scenarios', scenario, reload)),
      ...responses.map((response) => activeItem('responses', asActive(response), reload)),
    ]
    byId('active').replaceChildren(
      ...(items.length > 0 ? items : [element('li', { class: 'note' }, 'None: all responses are normal.')]),
    )
  }
  byId('scenario-form').addEventListener('submit', async (event) => {
    event.preventDefault()
    byId('scenario-error').textContent = ''
    try {
      await control('scenarios', { method: 'POST', body: readForm(event.target) })
      say(`Set ${byId('scenario').value}.`)
    } catch ({ message }) {
      byId('scenario-error').textContent = message
    }
    await reload()
  })
  await reload()
  setInterval(() => document.hidden || reload().catch(() => {}), 2000)
  return { reload }
}

function parameterField(name, schema, required) {
  const input = element('input', {
    name,
    type: 'number',
    step: schema.type === 'integer' ? 1 : 'any',
    min: schema.minimum,
    max: schema.maximum,
    placeholder: schema.default,
    required,
  })
  return element(
    'label',
    { title: schema.description },
    `${name} `,
    input,
    element('small', {}, schema.description),
  )
}

/** The values that were filled in; every `input` holds a number, every `select` a name. */
function readForm(form) {
  const filled = [...new FormData(form)].filter(([, value]) => value !== '')
  const inputs = form.elements
  return Object.fromEntries(
    filled.map(([name, value]) => [name, inputs[name].type === 'number' ? Number(value) : value]),
  )
}

const countCalls = (count) => `${count} call${count === 1 ? '' : 's'}`

/** A response as the list shows scenarios; a handler's has no status before it is asked. */
const asActive = ({ status, times, ...response }) => ({
  ...response,
  name: status ? `Response ${status}` : 'Own response',
  calls: times,
})

function activeItem(kind, { id, name, persona, operation, after, calls, played }, reload) {
  const scope = [
    persona ?? 'any persona',
    operation ?? 'any operation',
    after ? `after ${countCalls(after)}` : '',
    calls ? `for ${countCalls(calls)}` : '',
  ].filter(Boolean)
  const remove = async () => {
    await control(`${kind}/${id}`, { method: 'DELETE' })
    say(`Removed ${name}.`)
    await reload()
  }
  const isOver = calls !== undefined && played >= calls
  return element(
    'li',
    { class: isOver ? 'over' : '' },
    element(
      'span',
      {},
      element('b', {}, isOver ? `${name} (over)` : name),
      element('small', {}, `${scope.join(', ')}; applied to ${countCalls(played)}`),
    ),
    element('button', { type: 'button', onclick: remove, 'aria-label': `Remove ${name}` }, 'Remove'),
  )
}

import { copy } from './clipboard.js'
import { control } from './control.js'
import { curlCommand } from './curl.js'
import { element } from './elements.js'

/** What a request and its response said. The response is asked for when the entry is opened. */
export function requestDetail(entry) {
  const { headers, body, verdict } = entry
  const response = element('section', { 'aria-busy': 'true' }, element('p', { class: 'note' }, 'Loading…'))
  showResponse(response, entry)
  return element(
    'div',
    { class: 'detail' },
    ...verdict.remarks.map((text) => element('p', { class: 'remark wide' }, text)),
    element(
      'section',
      {},
      heading('Request', copyButton(entry)),
      ...bodyBlock('Request', body),
      headerList(headers),
    ),
    response,
  )
}

async function showResponse(section, { id, status }) {
  try {
    const { response } = await control(`requests/${id}`)
    section.replaceChildren(
      ...(response ? describe(response, status) : [heading('Response', note('none was sent'))]),
    )
  } catch ({ message }) {
    section.replaceChildren(heading('Response'), element('p', { class: 'error' }, message))
  }
  section.ariaBusy = 'false'
}

function describe({ headers, bytes, body, truncated }, status) {
  const announced = Number(headers['content-length'])
  const isPart = bytes > 0 && bytes < announced
  const size = isPart ? `${format(bytes)} of ${format(announced)} bytes` : `${format(bytes)} bytes`
  const remark = truncated ? `${size}, the beginning is shown` : size
  return [heading(`Response ${status}`, note(remark)), ...bodyBlock('Response', body), headerList(headers)]
}

const format = (number) => number.toLocaleString('en')

const note = (text) => element('span', { class: 'note' }, text)

const heading = (text, ...rest) => element('div', { class: 'row' }, element('h3', {}, text), ...rest)

const copyButton = (entry) =>
  element(
    'button',
    { type: 'button', onclick: async () => copy('the request as curl', await curlCommand(entry)) },
    'Copy as curl',
  )

const headerList = (headers) =>
  element(
    'dl',
    { class: 'headers' },
    ...Object.entries(headers).flatMap(([name, value]) => [
      element('dt', {}, name),
      element('dd', {}, value),
    ]),
  )

const bodyBlock = (what, body) =>
  body === undefined
    ? []
    : [
        element(
          'pre',
          { tabindex: 0, role: 'region', 'aria-label': `${what} body` },
          typeof body === 'string' ? body : JSON.stringify(body, null, 2),
        ),
      ]

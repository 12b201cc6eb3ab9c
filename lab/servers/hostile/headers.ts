import type { HostileServer } from '../declaration.ts'
import { type ServedResponse, withHeaders } from '../response.ts'
import { contentOf, headOf } from '../transmit.ts'

/** Takes what a header says and makes something else of it; a whole head stays below the most that is read. */
const values: Record<string, (value: string) => string> = {
  'is folded over five thousand lines': (value) => `${value}${'\r\n b'.repeat(5000)}`,
  'is folded over lines of blanks': (value) => `${value}${`\r\n${' '.repeat(500)}`.repeat(30)}`,
  'is followed by fifteen thousand blanks': (value) => `${value}${' '.repeat(15_000)}x`,
  'is surrounded by tabs': (value) => `${'\t'.repeat(5000)}${value}${'\t'.repeat(5000)}`,
  'is empty': () => '',
  'is a comma ten thousand times': () => ','.repeat(10_000),
  'is a semicolon ten thousand times': (value) => `${value}${'; '.repeat(10_000)}`,
  'is a parameter two thousand times': (value) => `${value}${'; a="\\"'.repeat(2000)}`,
  'is an open quotation': (value) => `${value}; filename="${'\\'.repeat(15_000)}`,
  'is an encoded word a thousand times': (value) => `${value}${'=?UTF-8?B?YQ==?='.repeat(1000)}`,
  'is percent signs': (value) => `${value}; filename*=UTF-8''${'%'.repeat(15_000)}`,
  'holds every control character': (value) =>
    value +
    Array.from({ length: 31 }, (_, code) => String.fromCharCode(code + 1))
      .join('')
      .replace(/[\r\n]/g, ''),
  'holds a NUL': (value) => `\0${value}\0`,
  'holds a bare carriage return': (value) => `${value}\rX-Injected: 1`,
  'is Latin-1': () => '\xc3\xbc'.repeat(100),
  'is a number of fifteen thousand digits': () => '9'.repeat(15_000),
  'is an instant in the year 275760': () => 'Sat, 13 Sep 275760 00:00:00 GMT',
  'is a range of ranges': () => `bytes ${'0-0,'.repeat(5000)}`,
  'names the members of every object': () => '__proto__, constructor, toString, hasOwnProperty',
}

/** The head with every header altered but those that frame the message. */
function alteredHead(response: ServedResponse, alter: (value: string) => string): string {
  return headOf(response).replaceAll(
    /^(?!Content-Length|Connection|Transfer)([^:\r\n]+): (.*)\r$/gim,
    (_, name: string, value: string) => `${name}: ${alter(value)}\r`,
  )
}

const valued: HostileServer[] = Object.entries(values).map(([title, alter]) => ({
  id: `value-${title.replace(/^(?:is|holds) /, '').replaceAll(/\W+/g, '-')}`,
  title: `sends headers whose value ${title}`,
  declare: () => ({
    behaviour: {
      wire: function* (response, exchange) {
        yield Buffer.from(alteredHead(response, alter), 'latin1')
        yield contentOf(response, exchange)
      },
    },
  }),
}))

/** Lines that are put into every head. */
const lines: Record<string, string> = {
  'no colon': 'X-Nothing\r\n',
  'no name': ': value\r\n',
  'a blank before the colon': 'Content-Type : text/html\r\n',
  'a blank in the name': 'X Nothing: 1\r\n',
  'nothing but a line feed at its end': 'X-Nothing: 1\n',
  'the name __proto__': '__proto__: 1\r\nconstructor: 2\r\nprototype: 3\r\n',
  'a name of sixty thousand letters': `${'N'.repeat(60_000)}: 1\r\n`,
  'a name of Latin-1': 'X-\xfc\xe9: 1\r\n',
  'a name with a NUL': 'X-\0: 1\r\n',
  'the same name five thousand times': 'Vary: a\r\n'.repeat(5000),
  'five thousand cookies': 'Set-Cookie: a=b\r\n'.repeat(5000),
  'two types': 'Content-Type: text/html\r\nContent-Type: application/json\r\n',
  'a thousand links': `Link: ${'<https://127.0.0.1:9/>; rel="next", '.repeat(1000)}\r\n`,
  'links that do not end': `Link: ${'<'.repeat(30_000)}\r\n`,
  'a challenge of thousands of schemes': `WWW-Authenticate: ${'Bearer a="b", '.repeat(3000)}\r\n`,
  'limits of requests without number': `RateLimit: ${'"a";r=0;t=1, '.repeat(5000)}\r\n`,
  'a wait of a million years': 'Retry-After: 31536000000000\r\n',
  'a first line that is folded': ' folded: 1\r\n',
}

const lined: HostileServer[] = Object.entries(lines).map(([title, line]) => ({
  id: `line-${title.replaceAll(/\W+/g, '-')}`,
  title: `sends ${title} among its headers`,
  declare: () => ({
    behaviour: {
      wire: function* (response, exchange) {
        yield Buffer.from(headOf(response).replace('\r\n', `\r\n${line}`), 'latin1')
        yield contentOf(response, exchange)
      },
    },
  }),
}))

/** Headers that break parsers, or make them slow. */
export const headers: HostileServer[] = [
  ...valued,
  ...lined,
  {
    id: 'headers-swapped',
    title: 'gives every header the value of the next one',
    declare: () => ({
      behaviour: {
        respond: (response) => {
          const swapped = response.headers.map(([name], index, all) => [
            name,
            all[(index + 1) % all.length]![1],
          ])
          return withHeaders(response, Object.fromEntries(swapped))
        },
      },
    }),
  },
]

import type { HeaderField } from '../../http/response.ts'

/** Text beyond this is not searched: what identifies such a page stands at its beginning or in its first stack frames. */
const searched = 256 * 1024
/** Longer lines are cut: no stack frame is as long. */
const longestLine = 400

/** What the debug pages of frameworks say of themselves. */
const pages: [what: string, pattern: RegExp][] = [
  [
    'the page of Django for DEBUG = True',
    /error because you have (?:<code>)?DEBUG = True|the URLconf defined in/,
  ],
  ['the debugger of Werkzeug', /__debugger__|The debugger caught an exception in your WSGI/],
  ['the debugger of Starlette', /<title>Starlette Debugger/],
  ['the debug page of Bottle', /<h2>(?:Exception|Traceback):<\/h2>/],
  ['the page of Whoops', /Whoops\\{1,2}(?:Exception|Run)|class="Whoops container/],
  ['the page of Ignition', /window\.ignite|Ignition\\|laravel-ignition|facade\/ignition/],
  ['the exception page of Symfony', /Symfony Exception|class=(?:"|')?(?:sf-dump|sf-toolbar|sf-reset)/],
  [
    'the exception page of Rails',
    /Action Controller: Exception caught|Rails\.root: |Routes match in priority from top to bottom|Application Trace/,
  ],
  ['the exception page of Rack', /have enabled the (?:<code>)?show_exceptions|Rack::ShowExceptions/],
  ['the development page of Sinatra', /Sinatra doesn(?:&rsquo;|&#x27;|[’'])t know this ditty/],
  [
    'the exception page of ASP.NET',
    /An unhandled exception occurred while processing the request\.|<b>\s?Stack Trace:\s?<\/b>/,
  ],
  ['the exception report of a servlet container', /<b>Exception Report<\/b>/],
  ['the list of routes of Play', /These routes have been tried, in this order/],
  ['the exception page of Phoenix', /Phoenix\.Router\.NoRouteError/],
  ['a debug toolbar', /id="djDebug"|class="phpdebugbar|id="pDebug/],
  ['the output of phpinfo', /<title>(?:PHP [\d.]{1,20} - )?phpinfo\(\)/],
]

/** Header fields by which profilers and debug toolbars are reached: of Symfony, Clockwork, MiniProfiler, IIS Express … */
const debugField =
  /^(?:x-debug-(?:token|token-link|exception|exception-file)|x-clockwork-(?:id|version|path)|phpdebugbar-(?:id|data)|x-miniprofiler-ids|x-sourcefiles|x-chromelogger-data)$/i

/** The header field of a profiler or debug toolbar, with its value; undefined where there is none. */
export function debugFieldIn(headers: HeaderField[]): string | undefined {
  const [name, value] = headers.find(([one]) => debugField.test(one)) ?? []
  return name && `${name}: ${value}`
}

/** A line of a stack trace, or of the message before it, as the runtimes write them. */
const frames = [
  // Node.js, browsers
  /^at \S.{0,380}:\d{1,6}:\d{1,5}\)?$/,
  // Java and what runs on its virtual machine
  /^at [\w.$/<>@-]{3,250}\((?:[\w$-]{1,100}\.(?:java|kt|scala|groovy|clj):\d{1,6}|Native Method|Unknown Source)\)/,
  // .NET
  /^at \S.{0,350}:line \d{1,6}$/,
  // Python
  /^Traceback \(most recent call last\)/,
  // Ruby
  /^(?:from |\d{1,3}: )?[\w./<>-]{1,250}\.(?:rb|ru|erb):\d{1,6}:in [`'‘]/,
  // PHP
  /^#\d{1,3} \S.{0,350}\(\d{1,6}\): /,
  /^(?:PHP )?(?:Fatal error|Parse error|Warning|Notice|Deprecated): .{1,300} in \S{1,250} on line \d/,
  // Go
  /^goroutine \d{1,9} \[|^panic: runtime error/,
  // Perl
  /(?:^| )at \S{1,250}\.(?:pl|pm|psgi) line \d{1,6}\b/,
  // Elixir
  /^(?:\([\w .]{1,80}\) )?lib\/[\w./]{1,200}\.exs?:\d{1,6}: /,
  // Rust
  /^thread '.{1,100}' panicked at /,
]

/** A stack trace as JSON: an array of frames, each with its file and line. */
const frameOfJson = /"file"\s?:\s?"[^"]{1,300}\.\w{1,5}"\s?,\s{0,20}"line"\s?:\s?\d/

/**
 * What a body shows to developers that nobody else may see, in a few words: the page of a framework in debug mode, or a
 * stack trace in HTML, text or JSON. Undefined where it shows nothing of the kind.
 */
export function debugPageIn(body: Buffer): string | undefined {
  const text = body.subarray(0, searched).toString('utf8')
  const page = pages.find(([, pattern]) => pattern.test(text))
  if (page) return page[0]
  if (frameOfJson.test(text)) return 'a stack trace'
  const frame = linesOf(text).find((line) => frames.some((pattern) => pattern.test(line)))
  return frame === undefined ? undefined : `a stack trace: ${frame}`
}

/** The lines that a reader of the page or the JSON text sees. */
function linesOf(text: string): string[] {
  return text
    .replaceAll(/<br\s{0,5}\/?>|<\/(?:p|li|div|pre|h\d|td|tr)>/gi, '\n')
    .replaceAll(/\\r|\\n/g, '\n')
    .replaceAll(/&nbsp;|&#160;|\\t/g, ' ')
    .replaceAll(/&(?:#39|#x27|apos);/gi, "'")
    .replaceAll(/<[^<>]{0,300}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .split(/[\n"]|&quot;/)
    .map((line) => line.slice(0, longestLine).trim())
}
